import fc from 'fast-check'

/** The largest amount and balance: what a JavaScript number holds exactly. */
export const MAX_AMOUNT = Number.MAX_SAFE_INTEGER

export const CREDIT_TYPES = ['general', 'minutes'] as const

/** 'nothing' is a credit type that does not exist. */
export type CreditType = (typeof CREDIT_TYPES)[number] | 'nothing'

/** Accepted runs that `limited` reservations allow, and over how many hours they renew. */
export const RATE = { requests: 2, hours: 4 }

type Wallet = { user: number; type: CreditType }

/**
 * One thing to ask of the engine, as plain data. Times are whole hours from now; what lasts n hours ends half an hour
 * later, so that nothing ever ends at the very moment of another request. `charge` and `hold` count from the first
 * deduction or hold there is, round and round.
 */
export type Request =
  | (Wallet & {
      operation: 'add'
      kind: string
      amount: number
      hours: number | null
      priority: number
      key: Key
    })
  | (Wallet & { operation: 'initialize'; amount: number })
  | (Wallet & {
      operation: 'deduct'
      amount: number
      action: string | null
      reference: string | null
      key: Key
    })
  | (Wallet & { operation: 'adjust'; amount: number; key: Key })
  | (Wallet & {
      operation: 'reserve'
      prices: { default: number; pro?: number }
      hours: number
      needsPro: boolean
      limited: boolean
      key: Key
    })
  | { operation: 'settle'; hold: number; amount: number | null }
  | { operation: 'release'; hold: number }
  | { operation: 'refund'; charge: number; amount: number | null; key: Key }
  | { operation: 'join'; user: number; tier: 'pro' | null; hours: number }
  | { operation: 'release expired holds' }
  | { operation: 'expire grants' }
  | { operation: 'wait'; hours: number }

type Key = string | null

export type Ask<OperationName extends Request['operation']> = Extract<Request, { operation: OperationName }>

const user = fc.constantFrom(0, 0, 0, 1)
const type = fc.oneof(
  { weight: 15, arbitrary: fc.constant('general' as const) },
  { weight: 4, arbitrary: fc.constant('minutes' as const) },
  { weight: 1, arbitrary: fc.constant('nothing' as const) },
)
const wallet = { user, type }
const small = fc.integer({ min: 1, max: 12 })
const amount = fc.oneof(
  { weight: 30, arbitrary: small },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 1_000, MAX_AMOUNT) },
)
// Few keys, so that they meet; one of them is the engine's own.
const key = fc.oneof(
  { weight: 10, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f') },
  { weight: 1, arbitrary: fc.constant('signup_bonus:minutes') },
)
const hours = fc.integer({ min: 0, max: 6 })
const partly = fc.oneof(fc.constant(null), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 13 }))
const nth = fc.nat(30)

const add = fc.record({
  ...wallet,
  operation: fc.constant('add' as const),
  kind: fc.constantFrom('purchase', 'signup_bonus', 'subscription_grant', 'promotion'),
  amount,
  hours: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 10, arbitrary: hours },
    { weight: 1, arbitrary: fc.constant(-1) },
  ),
  priority: fc.integer({ min: 0, max: 2 }),
  key,
})
const reserve = fc.record({
  ...wallet,
  operation: fc.constant('reserve' as const),
  prices: fc.record({ default: fc.integer({ min: 0, max: 9 }), pro: small }, { requiredKeys: ['default'] }),
  hours: fc.integer({ min: 0, max: 3 }),
  needsPro: fc.constantFrom(false, false, false, false, false, true),
  limited: fc.boolean(),
  key,
})

const anyRequest: fc.Arbitrary<Request> = fc.oneof(
  { weight: 6, arbitrary: add },
  { weight: 11, arbitrary: reserve },
  {
    weight: 4,
    arbitrary: fc.record({
      ...wallet,
      operation: fc.constant('deduct' as const),
      amount: fc.oneof({ weight: 12, arbitrary: small }, { weight: 1, arbitrary: fc.constantFrom(0, 1_000) }),
      action: fc.constantFrom(null, 'x'),
      reference: fc.constantFrom(null, 'x'),
      key,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...wallet,
      operation: fc.constant('adjust' as const),
      amount: fc.oneof(
        { weight: 3, arbitrary: amount },
        { weight: 5, arbitrary: small.map((n) => -n) },
        { weight: 1, arbitrary: fc.constant(-MAX_AMOUNT) },
      ),
      key,
    }),
  },
  { weight: 1, arbitrary: fc.record({ ...wallet, operation: fc.constant('initialize' as const), amount }) },
  {
    weight: 4,
    arbitrary: fc.record({ operation: fc.constant('settle' as const), hold: nth, amount: partly }),
  },
  { weight: 2, arbitrary: fc.record({ operation: fc.constant('release' as const), hold: nth }) },
  {
    weight: 4,
    arbitrary: fc.record({ operation: fc.constant('refund' as const), charge: nth, amount: partly, key }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      operation: fc.constant('join' as const),
      user,
      tier: fc.constantFrom('pro' as const, 'pro' as const, null),
      hours,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ operation: 'release expired holds' as const }) },
  { weight: 1, arbitrary: fc.constant({ operation: 'expire grants' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({ operation: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 5 }) }),
  },
)

/** The nth request so far, asked once more. */
const again = fc.record({ operation: fc.constant('again' as const), request: nth })

/** A story to tell both engines: somebody has credits, some of which expire, and then anything may be asked. */
export const anyStory: fc.Arbitrary<Request[]> = fc
  .tuple(
    fc.array(
      add.map((request): Request => ({ ...request, type: 'general' })),
      { minLength: 3, maxLength: 3 },
    ),
    fc.array(fc.oneof({ weight: 6, arbitrary: anyRequest }, { weight: 1, arbitrary: again }), {
      maxLength: 60,
      size: 'max',
    }),
  )
  .map(([beginning, rest]) => {
    const story = [...beginning]
    for (const request of rest) {
      const earlier = request.operation === 'again' ? story[request.request % story.length] : request
      if (earlier) story.push(earlier)
    }
    return story
  })
