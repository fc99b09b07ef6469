import { z } from 'zod'
import { day, timestamp } from '@/lib/timestamp'
import { refusalToError } from './refusals'

type Kind = { schema: z.ZodType; code: string; message: string }

const UUID: Kind = { schema: z.uuid(), code: 'invalid_id', message: 'This is not the id of anything here.' }
const CREDITS: Kind = {
  schema: z.int(),
  code: 'invalid_amount',
  message: 'The amount must be a whole number of credits.',
}
const COUNT: Kind = { schema: z.int(), code: 'invalid_number', message: 'This must be a whole number.' }
const TIME: Kind = {
  schema: timestamp.or(day),
  code: 'invalid_time',
  message: 'This must be a time with its offset, between the years 1 and 9999.',
}

const KINDS: Record<string, Kind> = {
  ...{ p_user_id: UUID, p_actor_id: UUID, p_payment_id: UUID, p_subscription_id: UUID, p_refund_id: UUID },
  ...{ p_amount: CREDITS, p_initial_amount: CREDITS, p_threshold: CREDITS },
  ...{ p_budget_per_day: CREDITS, p_budget_per_month: CREDITS, p_budget_total: CREDITS },
  p_prices: { ...CREDITS, schema: z.record(z.string(), z.int()) },
  ...{
    p_transaction_id: COUNT,
    p_api_key_id: COUNT,
    p_run_id: COUNT,
    p_before_seq: COUNT,
    p_limit: COUNT,
    p_offset: COUNT,
    p_priority: COUNT,
    p_hold_ms: COUNT,
  },
  ...{ p_rate_requests: COUNT, p_rate_seconds: COUNT },
  ...{ p_expires_at: TIME, p_from: TIME, p_to: TIME, p_since: TIME, p_until: TIME },
}

function assertKind(value: unknown, { schema, code, message }: Kind): void {
  if (!schema.safeParse(value).success) throw refusalToError({ code, message })
}

/** @throws {RefusedError} 400 `invalid_id` for what is no UUID */
export function assertUuid(value: string): void {
  assertKind(value, UUID)
}

/** @throws {RefusedError} 400 `invalid_amount` for what is no whole number of credits */
export function assertCredits(value: number): void {
  assertKind(value, CREDITS)
}

/** @throws {RefusedError} 400 `invalid_number` for what is no whole number, as the id of a ledger row */
export function assertCount(value: number): void {
  assertKind(value, COUNT)
}

/**
 * Checks what only TypeScript promised, so that a wrong argument is a refusal instead of an error of the database.
 * @throws {RefusedError} 400 `invalid_id`, `invalid_amount`, `invalid_number` or `invalid_time`
 */
export function checkArguments(args: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(args)) {
    const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined
    if (kind && value !== undefined && value !== null) assertKind(value, kind)
  }
}
