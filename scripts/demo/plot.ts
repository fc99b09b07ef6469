import { createHash } from 'node:crypto' // #only api
import { createRandom } from '../random.ts'
import { chores } from './chores.ts'
import { visits } from './habits.ts'
import { money } from './payments/plot.ts' // #only payments
import { CAST, type Person, signUp } from './people.ts'
import { type Act, DAYS, on } from './story.ts'

/** The day on which each signs up; the first two are there already. */
const SIGN_UPS: readonly [Person, number][] = [
  [CAST.priya, 1],
  [CAST.jonas, 4],
  [CAST.mara, 7],
  [CAST.tom, 9],
  [CAST.lucia, 36],
  [CAST.elena, 15],
  [CAST.chen, 19],
  [CAST.sam, 40],
  [CAST.oliver, 33],
  [CAST.noor, DAYS - 2],
]

/** All that happens, in its order. The same seed gives the same. */
export function plot(seed: number): Act[] {
  const signUps = SIGN_UPS.map(
    ([person, day]): Act => ({ at: on(day), tell: ({ engine }) => signUp(engine, person) }),
  )
  const all = [
    signUps,
    keys(), // #only api
    money(), // #only payments
    steer(),
    visits(createRandom(seed)),
    chores(),
  ]
  return all.flat().sort((earlier, later) => earlier.at - later.at)
}

const DAY_S = 86_400

/** What the admin does, and a choice of a user. */
function steer(): Act[] {
  const give = (day: number, person: Person, amount: number, reason: string, days?: number): Act => ({
    at: on(day, 5),
    tell: ({ engine, admin }) =>
      engine.call('give_credits', {
        ...{ p_user_id: person.id, p_amount: amount, p_reason: reason, p_actor_id: admin.id },
        p_expires_at: days ? new Date(Date.now() + days * DAY_S * 1000).toISOString() : null,
      }),
  })
  return [
    give(12, CAST.uma, 80, 'Thanks for the detailed bug report', 30),
    give(24, CAST.mara, 40, 'Sorry for the outage on Tuesday'),
    give(46, CAST.tom, 50, 'Come back for a week', 10),
    give(DAYS - 9, CAST.uma, 60, 'Autumn campaign', 14),
    {
      at: on(33, 3),
      tell: ({ engine, admin }) =>
        engine.call('adjust_credits', {
          ...{ p_user_id: CAST.jonas.id, p_amount: 25, p_actor_id: admin.id },
          p_reason: 'Charged twice by a bug that is fixed',
        }),
    },
    {
      at: on(46, 2),
      tell: ({ engine, admin }) =>
        engine.call('ban_user', {
          ...{ p_user_id: CAST.sam.id, p_actor_id: admin.id },
          p_reason: 'Resells the sign-up bonus of many accounts',
        }),
    },
    {
      at: on(30, 7),
      tell: ({ engine }) =>
        engine.call('set_low_balance_thresholds', { p_user_id: CAST.mara.id, p_thresholds: [50] }),
    },
    ...giftForAll(DAYS - 20),
  ]
}

// #region api
/** Two programs that may spend. Nobody has their secrets. */
function keys(): Act[] {
  const create = (day: number, person: Person, p_name: string, p_budget_per_day: number): Act => ({
    at: on(day, 6),
    tell: ({ engine }) =>
      engine.call('create_api_key', {
        ...{ p_user_id: person.id, p_caller: { internal: 'demo' }, p_name, p_budget_per_day },
        ...{ p_prefix: 'lb_demo', p_secret_hash: hash(`${person.email} ${p_name}`), p_scopes: ['tools:*'] },
      }),
  })
  return [create(20, CAST.uma, 'Nightly import', 50), create(37, CAST.priya, 'Support desk', 200)]
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
// #endregion

const GIFT_BATCH = 'b0000000-0000-4000-8000-000000000001'

/** A present for everybody, as a batch. */
function giftForAll(day: number): Act[] {
  return [
    {
      at: on(day, 4),
      async tell({ engine, admin }) {
        const batch = { p_id: GIFT_BATCH, p_actor_id: admin.id }
        await engine.call('prepare_gift_batch', {
          ...batch,
          ...{ p_reason: 'One thousand users', p_credit_type: 'general', p_amount: 15, p_filter: {} },
          p_expires_at: new Date(Date.now() + 23 * DAY_S * 1000).toISOString(),
        })
        await engine.call('run_gift_batch', batch)
      },
    },
  ]
}
