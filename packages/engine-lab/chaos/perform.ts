import type { Sql } from 'postgres'
import { type Entry, type Operation, PACKAGE } from './plan.ts'
import { type EngineResult, newest, type World } from './world.ts'

type Value = string | number | Date | Record<string, string | number | boolean> | null
type Args = Record<string, Value | Record<string, Value>[]>
export type Call = { name: string; args: Args }

/** A dispute is opened before it ends. */
const OCCURRED_AT = {
  opened: '2026-01-01T00:00:00Z',
  won: '2026-01-02T00:00:00Z',
  lost: '2026-01-02T00:00:00Z',
  succeeded: '2026-01-01T00:00:00Z',
}

/** The calls an operation comes down to: none when there is nothing to do it to. The last one's answer counts. */
export function prepare(operation: Operation, world: World): Call[] {
  const call = toCall(operation, world)
  if (!call) return []
  if (operation.kind !== 'deliver' && operation.kind !== 'return') return [call]
  const { eventId: id, kind: type } = operation
  return [{ name: 'store_payment_event', args: { id, type, payload: {}, provider: 'dodopayments' } }, call]
}

export async function ask(sql: Sql, { name, args }: Call): Promise<EngineResult> {
  const given = Object.entries(args).filter(([, value]) => value !== null)
  const names = given.map(([argument], index) => `p_${argument} => $${index + 1}`)
  const [row] = await sql.unsafe<{ answer: EngineResult }[]>(
    `select public.${name}(${names.join(', ')}) as answer`,
    given.map(([, value]) => value),
  )
  if (!row) throw new Error(`${name} answered nothing.`)
  return row.answer
}

/** The arguments of a change that is sent alone, and what stands for it among others. */
function toChange(entry: Entry, world: World): Record<string, Value> {
  const wallet = {
    user_id: world.people[entry.user] ?? null,
    credit_type: entry.type,
    idempotency_key: entry.key,
  }
  if (entry.kind === 'deduct') return { ...wallet, amount: entry.amount, action: 'chaos' }
  const { amount, expiresIn, priority, batch } = entry
  const expiresAt = expiresIn === null ? null : new Date((world.starts[batch] ?? 0) + expiresIn)
  return { ...wallet, amount, priority, expires_at: expiresAt }
}

function toCall(operation: Operation, world: World): Call | undefined {
  const { key } = operation
  const person = (index: number) => world.people[index] ?? null
  const wallet = ({ user, type }: { user: number; type: string }) => ({
    user_id: person(user),
    credit_type: type,
    idempotency_key: key,
  })
  switch (operation.kind) {
    case 'add':
    case 'deduct':
      return { name: `${operation.kind}_credits`, args: toChange(operation, world) }
    case 'many': {
      const entries = operation.entries.map((entry) => toChange(entry, world))
      return { name: `${operation.of}_many`, args: { entries } }
    }
    case 'adjust': {
      const { amount } = operation
      const args = { ...wallet(operation), amount, reason: 'for the sake of chaos', actor_id: world.admin }
      return { name: 'adjust_credits', args }
    }
    case 'reserve': {
      const { price, holdMs, limited } = operation
      const rate = { rate_requests: limited ? 4 : null, rate_seconds: limited ? 1 : null }
      const prices = { default: price, pro: Math.ceil(price / 2) }
      const args = {
        ...wallet(operation),
        ...rate,
        prices,
        action: 'chaos',
        hold_ms: holdMs,
        caller: { internal: 'chaos' },
      }
      return { name: 'reserve_credits', args: { ...args, request_hash: key && `${operation.type} ${price}` } }
    }
    case 'settle': {
      const id = newest(world.holds, operation.pick)
      // A share may be more than the hold: that must be refused.
      const amount = operation.share === null ? null : Math.round((operation.share * 12) / 100)
      return id === undefined ? undefined : { name: 'settle_hold', args: { transaction_id: id, amount } }
    }
    case 'release': {
      const id = newest(world.holds, operation.pick)
      return id === undefined
        ? undefined
        : { name: 'release_hold', args: { transaction_id: id, reason: 'chaos' } }
    }
    case 'refund': {
      const id = newest(world.charges, operation.pick)
      const args = { amount: operation.amount, idempotency_key: key }
      return id === undefined
        ? undefined
        : { name: 'refund_transaction', args: { transaction_id: id, ...args } }
    }
    case 'join':
      return { name: 'set_membership', args: { user_id: person(operation.user), tier: operation.tier } }
    case 'sweep':
      return { name: operation.job, args: {} }
    case 'deliver': {
      const { eventId, payment, session, status } = operation
      const charged = { product_id: PACKAGE.product, amount: PACKAGE.price, currency: 'USD' }
      const event = { kind: 'payment', payment_id: payment, checkout_session_id: session, status, ...charged }
      return { name: 'apply_payment_event', args: { event_id: eventId, event } }
    }
    case 'return': {
      const { eventId, event } = operation
      const occurred_at = OCCURRED_AT[event.status]
      return {
        name: 'apply_payment_event',
        args: { event_id: eventId, event: { ...event, currency: 'USD', occurred_at } },
      }
    }
  }
}
