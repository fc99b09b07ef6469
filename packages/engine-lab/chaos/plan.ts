import type { Random } from '../../../scripts/random.ts'

export const CREDIT_TYPES = ['general', 'minutes'] as const
export const PEOPLE = 5

/** What one package of the seed grants. */
export const PACKAGE = { id: 'starter', product: 'pdt_starter', credits: 100, price: 999 }

type Wallet = { user: number; type: (typeof CREDIT_TYPES)[number] }
type Asked = { batch: number; key: string | null }
/** What is sent alone, or many at once. */
type Change = Wallet &
  (
    | { kind: 'add'; amount: number; expiresIn: number | null; priority: number }
    | { kind: 'deduct'; amount: number }
  )
export type Entry = Asked & Change

/**
 * One thing a client does. Times are ms after the start of the operation's batch, so that the same operation sent
 * twice is the same request. `pick` counts back from the newest hold or charge there is.
 */
export type Operation = Asked &
  (
    | Change
    | { kind: 'many'; of: Change['kind']; entries: Entry[] }
    | (Wallet & { kind: 'adjust'; amount: number })
    | (Wallet & { kind: 'reserve'; price: number; holdMs: number; limited: boolean })
    | { kind: 'settle'; pick: number; share: number | null }
    | { kind: 'release'; pick: number }
    | { kind: 'refund'; pick: number; amount: number | null }
    | { kind: 'join'; user: number; tier: 'pro' | null }
    | { kind: 'sweep'; job: 'release_expired_holds' | 'expire_grants' }
    | { kind: 'deliver'; session: string; payment: string; eventId: string; status: Status }
    | { kind: 'return'; eventId: string; event: Return }
  )
type Status = 'processing' | 'failed' | 'succeeded'
/** What comes back of a payment: money to the buyer, or a quarrel about it. */
type Return =
  | {
      kind: 'refund'
      refund_id: string
      payment_id: string
      status: 'succeeded'
      amount: number
      whole: boolean
    }
  | {
      kind: 'dispute'
      dispute_id: string
      payment_id: string
      status: 'opened' | 'won' | 'lost'
      amount: number
    }

export type Checkout = { session: string; user: number }
export type Plan = { checkouts: Checkout[]; operations: Operation[][] }
export type Size = { clients: number; perClient: number }

/** Plans what each client does in a batch, from the seed alone. `earlier` holds what may be sent once more. */
export function planBatch(random: Random, batch: number, size: Size, earlier: readonly Operation[]): Plan {
  const checkouts = Array.from({ length: 3 }, (_, index) => ({
    session: `cks_${batch}_${index}`,
    user: random.between(0, PEOPLE - 1),
  }))
  const total = size.clients * size.perClient
  const line: Operation[] = [
    ...checkouts.flatMap(({ session }) => planDeliveries(random, batch, session)),
    ...planReturns(random, batch, checkouts),
  ]
  while (line.length < total) {
    const again = earlier.length > 0 && random.chance(0.03)
    const operation = again ? random.pick(earlier) : planOperation(random, batch, line.length, earlier)
    line.push(operation, ...planRepeats(random, operation))
  }
  const operations = Array.from({ length: size.clients }, (): Operation[] => [])
  // Dealt in turn: neighbours in the line, such as repeats, run at the same moment.
  for (const [index, operation] of shuffleNearby(random, line, size.clients).entries()) {
    operations[index % size.clients]?.push(operation)
  }
  return { checkouts, operations }
}

function planOperation(
  random: Random,
  batch: number,
  index: number,
  earlier: readonly Operation[],
): Operation {
  const wallet = {
    user: random.between(0, PEOPLE - 1),
    type: random.pick(['general', 'general', 'minutes'] as const),
  }
  const base = { batch, key: random.chance(0.6) ? `${batch}:${index}` : null }
  const pick = random.between(0, 25)
  const part = random.chance(0.5) ? random.between(1, 6) : null
  const dice = random.between(1, 100)
  if (dice <= 14) return planChange(random, base, 'add')
  if (dice <= 28) return planChange(random, base, 'deduct')
  if (dice <= 38) return planMany(random, base, index, earlier)
  if (dice <= 62) {
    const holdMs = random.chance(0.5) ? random.between(0, 60) : 60_000
    const price = random.between(1, 20)
    return { ...base, ...wallet, kind: 'reserve', price, holdMs, limited: random.chance(0.2) }
  }
  if (dice <= 74)
    return { ...base, kind: 'settle', pick, share: random.chance(0.6) ? random.between(0, 100) : null }
  if (dice <= 81) return { ...base, kind: 'release', pick }
  if (dice <= 90) return { ...base, kind: 'refund', pick, amount: part }
  if (dice <= 94) return { ...base, ...wallet, kind: 'adjust', amount: random.pick([-9, -4, -1, 2, 7]) }
  if (dice <= 96)
    return { ...base, kind: 'join', user: wallet.user, tier: random.pick(['pro', null] as const) }
  return { ...base, kind: 'sweep', job: random.pick(['release_expired_holds', 'expire_grants'] as const) }
}

function planChange(random: Random, asked: Asked, kind: Change['kind']): Entry {
  const type = random.pick(['general', 'general', 'minutes'] as const)
  const change = { ...asked, user: random.between(0, PEOPLE - 1), type }
  // Now and then all that is left, so that what is taken back later becomes debt.
  if (kind === 'deduct') return { ...change, kind, amount: random.between(1, random.chance(0.3) ? 150 : 25) }
  const expiresIn = random.chance(0.7) ? random.between(100, 3_000) : null
  return { ...change, kind, amount: random.between(1, 30), expiresIn, priority: random.between(0, 2) }
}

/** Many changes at once, some of which were sent before, alone or among others. */
function planMany(random: Random, asked: Asked, index: number, earlier: readonly Operation[]): Operation {
  const of = random.pick(['add', 'deduct', 'deduct'] as const)
  const known = earlier
    .flatMap((operation) => (operation.kind === 'many' ? operation.entries : [operation]))
    .filter((operation): operation is Entry => operation.kind === of)
  const entries = Array.from({ length: random.between(1, 12) }, (_, place): Entry => {
    if (known.length > 0 && random.chance(0.15)) return random.pick(known)
    // Some keys are used twice in one batch.
    const key = asked.key && `${asked.batch}:${index}:${random.between(0, place)}`
    return planChange(random, { ...asked, key }, of)
  })
  return { ...asked, kind: 'many', of, entries }
}

/** Some requests come again with their key, some keys come again with another request. */
function planRepeats(random: Random, operation: Operation): Operation[] {
  if (operation.key === null || !random.chance(0.3)) return []
  const repeats = Array.from({ length: random.between(1, 3) }, () => operation)
  if (!random.chance(0.3)) return repeats
  if ('amount' in operation && operation.amount !== null) {
    return [...repeats, { ...operation, amount: operation.amount + 1 }]
  }
  return operation.kind === 'reserve' ? [...repeats, { ...operation, price: operation.price + 1 }] : repeats
}

/** Deliveries about a checkout as they may come: a declined card, two payments, each told several times. */
function planDeliveries(random: Random, batch: number, session: string): Operation[] {
  const payments = [`pay_${session}_a`, ...(random.chance(0.3) ? [`pay_${session}_b`] : [])]
  return payments.flatMap((payment, index) => {
    const paid = index > 0 || random.chance(0.8)
    const statuses: Status[] = paid ? ['processing', 'succeeded'] : ['processing', 'failed']
    if (paid && random.chance(0.3)) statuses.push('failed')
    const payments = statuses.flatMap((status) =>
      Array.from({ length: random.between(1, 4) }, (_, repeat): Operation => {
        const eventId = `msg_${payment}_${status}_${random.chance(0.5) ? 0 : repeat}`
        return { batch, key: eventId, kind: 'deliver', session, payment, eventId, status }
      }),
    )
    return payments
  })
}

/** Money goes back for payments of this batch, some before they are told of, and of the last one. */
function planReturns(random: Random, batch: number, checkouts: readonly Checkout[]): Operation[] {
  return checkouts.flatMap(({ session }) => {
    const earlier = session.replace(`cks_${batch}_`, `cks_${batch - 1}_`)
    return [session, earlier].flatMap((one) => planReturn(random, batch, `pay_${one}_a`))
  })
}

/** Refunds in parts, a dispute and how it ends: each told several times. */
function planReturn(random: Random, batch: number, payment_id: string): Operation[] {
  const refunds = Array.from({ length: random.between(0, 2) }, (_, index): Return => {
    const amount = random.between(1, PACKAGE.price)
    const refund_id = `ref_${batch}_${index}_${payment_id}`
    return { kind: 'refund', refund_id, payment_id, status: 'succeeded', amount, whole: random.chance(0.3) }
  })
  const end = random.pick(['opened', 'won', 'lost'] as const)
  const disputes = (random.chance(0.4) ? (['opened', end] as const) : []).map((status): Return => {
    const amount = PACKAGE.price
    return { kind: 'dispute', dispute_id: `dp_${payment_id}`, payment_id, status, amount }
  })
  return [...refunds, ...disputes].flatMap((event, index) =>
    Array.from({ length: random.between(1, 3) }, (_, repeat): Operation => {
      const eventId = `msg_${batch}_${payment_id}_back_${index}_${random.chance(0.5) ? 0 : repeat}`
      return { batch, key: eventId, kind: 'return', eventId, event }
    }),
  )
}

/** Lets each operation change places with one that is at most two rounds away. */
function shuffleNearby(random: Random, line: readonly Operation[], clients: number): Operation[] {
  const order = line.map((operation, index) => ({ operation, at: index + random.between(0, 2 * clients) }))
  return order.sort((a, b) => a.at - b.at).map(({ operation }) => operation)
}
