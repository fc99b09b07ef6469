import type { DatabaseUrls } from '../../packages/dev-stack/testing.ts'
import { dateDocuments } from './date-documents.ts'
import { type Engine, openEngine } from './engine.ts'
import { openShop, type SandboxKeys } from './payments/shop.ts' // #only payments
import { CAST } from './people.ts'
import { plot } from './plot.ts'
import { refuseOtherMachine } from './refuse-other-databases.ts'
import { STORY_MS } from './story.ts'
import { startStoryClock } from './story-clock.ts'

const DEFAULT_SEED = 60

export type DemoTarget = {
  database: Pick<DatabaseUrls, 'adminUrl' | 'ownerUrl'>
  seed?: number
  // #region payments
  /** The payment sandbox: where it keeps its state, its keys, and the port that it will have later. */
  sandbox: { directory: string; keys: SandboxKeys; port: number }
  // #endregion
}

/** What the demo has written, counted in the database. */
export type DemoCounts = {
  users: number
  transactions: number
  runs: number
  payments: number
  plans: number
}

/**
 * Tells sixty days of a small business to a fresh database: through the functions that the app calls, and past its payment
 * sandbox, whose webhooks say what was paid. Then asks `verify_ledger`.
 * @throws with a sentence for a database that is on another machine or not fresh, and when the ledger does not add up
 */
export async function tellDemo({
  database,
  seed = DEFAULT_SEED,
  sandbox, // #only payments
}: DemoTarget): Promise<DemoCounts> {
  for (const url of [database.ownerUrl, database.adminUrl]) refuseOtherMachine(url)
  await using undo = new AsyncDisposableStack()
  const engine = openEngine(database.ownerUrl)
  undo.defer(engine.close)
  await refuseUsed(engine)
  const clock = await startStoryClock(database.adminUrl)
  undo.defer(clock.close)
  // #region payments
  const shop = await openShop({ engine, clock, ...sandbox })
  undo.defer(shop.close)
  // #endregion
  const story = {
    engine,
    shop, // #only payments
    admin: CAST.ada,
  }
  for (const { at, tell } of plot(seed)) {
    await clock.passUntil(at)
    await tell(story)
  }
  await clock.passUntil(STORY_MS)
  await dateDocuments(database.adminUrl, clock)
  await verify(engine)
  return await countAll(engine)
}

async function refuseUsed({ owner }: Engine): Promise<void> {
  const [row] = await owner<{ used: boolean }[]>`
    select exists (select from auth.users where id <> all (${[CAST.ada.id, CAST.uma.id]}))
      or exists (select from runs) as used`
  if (!row?.used) return
  throw new Error(
    'The demo is told to a fresh database alone, and this one has users or runs of its own already.',
  )
}

async function verify({ owner }: Engine): Promise<void> {
  const violations = await owner<{ invariant: string; detail: string }[]>`
    select invariant, detail from verify_ledger()`
  const [first] = violations
  if (!first) return
  throw new Error(
    `The ledger of the demo does not add up, ${violations.length} rows break a rule: ${first.invariant}, ${first.detail}`,
  )
}

async function countAll({ owner }: Engine): Promise<DemoCounts> {
  const [counts] = await owner<DemoCounts[]>`
    select
      (select count(*)::int from profiles) as users,
      (select count(*)::int from credit_transactions) as transactions,
      (select count(*)::int from runs) as runs,
      (select count(*)::int from payments) as payments,
      (select count(*)::int from subscriptions) as plans`
  if (!counts) throw new Error('Nothing could be counted.')
  return counts
}
