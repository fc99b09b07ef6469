import { z } from 'zod'
import { listOf, readFields, wholeNumber } from '../form.ts'
import { paymentsOf } from '../invoices.ts'
import type { StripeState } from '../sandbox.ts'

/** What may be asked to come whole: `data.payment_intent`. */
export const expand = listOf(z.string()).default([])
export const paging = { limit: wholeNumber.default(10), starting_after: z.string().optional(), expand }
export const created = z
  .strictObject({ gte: wholeNumber.optional(), lte: wholeNumber.optional() })
  .default({})

/** The fields of a body. @throws SandboxError 400 in words */
export async function readForm<Schema extends z.ZodType>(request: Request, schema: Schema) {
  return readFields(new URLSearchParams(await request.text()), schema)
}

/** An object, with what was asked for whole in the place of its id. */
export function reply(state: StripeState, object: object, paths: readonly string[] = []): Response {
  return Response.json(paths.reduce<unknown>((whole, path) => fill(state, whole, path.split('.')), object))
}

type Page = { limit: number; starting_after?: string | undefined; expand: readonly string[] }

/** A page of a list, which goes on after the object it is asked to. */
export function replyPage(
  state: StripeState,
  url: URL,
  objects: readonly { id: string }[],
  page: Page,
): Response {
  const { limit, starting_after } = page
  const start = starting_after ? objects.findIndex(({ id }) => id === starting_after) + 1 : 0
  const data = objects.slice(start, start + limit)
  const list = { object: 'list', url: url.pathname, has_more: start + limit < objects.length, data }
  return reply(state, list, page.expand)
}

type Dated = { id: string; created: number }

/** What was made within a time, the newest first. */
export function newest<Object extends Dated>(
  objects: readonly Object[],
  { gte = 0, lte = Number.POSITIVE_INFINITY }: z.output<typeof created> = {},
): Object[] {
  return objects.filter((object) => object.created >= gte && object.created <= lte).reverse()
}

function fill(state: StripeState, value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path
  if (name === undefined) return value
  if (Array.isArray(value)) return value.map((item) => fill(state, item, path))
  const fields = toFields(value)
  if (!fields) return value
  const found = fields.object === 'invoice' && name === 'payments' ? paymentList(state, fields) : fields[name]
  const whole = typeof found === 'string' ? (findObject(state, found) ?? found) : found
  return { ...fields, [name]: fill(state, whole, rest) }
}

const toFields = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null ? { ...value } : null

/** An invoice leaves its payments out unless they are asked for. */
function paymentList(state: StripeState, { id }: Record<string, unknown>) {
  return { object: 'list', has_more: false, url: '/v1/invoice_payments', data: paymentsOf(state, String(id)) }
}

const findObject = (state: StripeState, id: string): object | undefined =>
  state.intents[id] ??
  state.invoices[id] ??
  state.schedules[id] ??
  state.paymentMethods[id] ??
  state.prices[id] ??
  state.customers[id] ??
  state.subscriptions[id]?.subscription
