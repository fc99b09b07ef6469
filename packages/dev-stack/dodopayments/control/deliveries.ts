import { z } from 'zod'
import { assertObject } from '../find.ts'
import { route, SandboxError } from '../http.ts'
import type { Sandbox } from '../sandbox.ts'
import { type Delivery, OBJECT_KINDS } from '../types.ts'
import type { QueueStore, Webhooks } from '../webhooks.ts'
import { control, count } from './control.ts'

const faultsInput = z.strictObject({
  hold: count.optional(),
  fail: count.optional(),
  duplicate: count.optional(),
  delay: count.optional(),
  delayMilliseconds: count.max(600_000).optional(),
  failRefunds: count.optional(),
})
const flag = z.union([z.boolean(), z.stringbool()])
const resendInput = z.strictObject({ asNew: flag.optional(), times: count.min(1).max(100).default(1) })
const holdInput = z.strictObject({ about: z.string().min(1), on: flag })
const releaseInput = z.strictObject({ order: z.array(z.string()).optional(), reverse: flag.optional() })
const eventInput = z.strictObject({
  type: z.string().min(1),
  object: z.strictObject({ kind: z.enum(OBJECT_KINDS), id: z.string() }),
  data: z.record(z.string(), z.unknown()).optional(),
})

/** What is sent to the merchant, when, and how often. */
export const deliveryControls = ({ webhooks, store }: { webhooks: Webhooks; store: QueueStore }) => {
  return [
    route('GET', '/sandbox/deliveries', () => Response.json({ items: webhooks.list() })),

    // { asNew: true } gives the copies ids of their own; `times` sends several at once.
    control('/sandbox/deliveries/:id/resend', resendInput, ({ asNew, times }, { id = '' }) => {
      const delivery = store.state.deliveries[id]
      if (!delivery) throw new SandboxError(404, 'DELIVERY_NOT_FOUND', 'There is no such delivery.')
      return { items: Array.from({ length: times }, () => webhooks.resend(delivery, { asNew })) }
    }),

    // Each for the next so many: see `Faults`.
    control('/sandbox/faults', faultsInput, (faults) => {
      Object.assign(store.state.faults, faults)
      store.save()
      return store.state.faults
    }),

    // { about, on: true } holds back what is about one buyer, so that parallel tests do not disturb each other.
    control('/sandbox/hold', holdInput, ({ about, on }) => {
      webhooks.holdBack(about, on)
      return { about, on }
    }),

    // Held events, one after the other: as they came, { reverse: true }, or those of { order: [ids] } in that order.
    control('/sandbox/release', releaseInput, ({ order, reverse }) => {
      const held = webhooks.list().filter(({ status }) => status === 'held')
      const items = order ? order.map((id) => heldDelivery(held, id)) : reverse ? held.reverse() : held
      webhooks.sendInOrder(items)
      return { items }
    }),

    // ?timeout=milliseconds
    route('GET', '/sandbox/idle', async ({ url }) => {
      const idle = await webhooks.idle(Number(url.searchParams.get('timeout') ?? 10_000))
      return Response.json({ idle }, { status: idle ? 200 : 408 })
    }),
  ]
}

/** Any event about any object: unknown types, old states ({ data } is laid over the object), wrong orders. */
export const eventControl = (sandbox: Sandbox) =>
  control('/sandbox/events', eventInput, ({ type, object, data }) => {
    assertObject(sandbox, object)
    return sandbox.webhooks.emit(type, object, data)
  })

function heldDelivery(held: readonly Delivery[], id: string): Delivery {
  const delivery = held.find((candidate) => candidate.id === id)
  if (delivery) return delivery
  throw new SandboxError(404, 'DELIVERY_NOT_HELD', `Delivery ${id} is not held back.`)
}
