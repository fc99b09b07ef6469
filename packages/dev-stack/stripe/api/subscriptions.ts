import { z } from 'zod'
import { route } from '../../dodopayments/http.ts'
import { refuse } from '../errors.ts'
import { findSchedule, findSubscription } from '../find.ts'
import { listOf, readFields } from '../form.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { endSubscription, setCancelAtPeriodEnd } from '../subscriptions/cancel.ts'
import { changePrice } from '../subscriptions/change-price.ts'
import { emitSubscription } from '../subscriptions/emit.ts'
import { createSchedule, releaseSchedule, setNextPhase } from '../subscriptions/schedule.ts'
import { keepPrice, recurringPriceData } from './inputs.ts'
import { priceChange } from './invoices.ts'
import { expand, newest, paging, readForm, reply, replyPage } from './reply.ts'

const update = z.union([
  z.strictObject({ cancel_at_period_end: z.enum(['true', 'false']), expand }),
  z.strictObject({ ...priceChange, payment_behavior: z.literal('error_if_incomplete'), expand }),
])
const listed = z.strictObject({
  status: z.literal('all').optional(),
  customer: z.string().optional(),
  ...paging,
})
const quantity = z.literal('1').optional()
const phases = listOf(
  z.strictObject({
    start_date: z.string().optional(),
    end_date: z.string().optional(),
    items: listOf(
      z.union([
        z.strictObject({ price: z.string(), quantity }),
        z.strictObject({ price_data: recurringPriceData, quantity }),
      ]),
    ),
    duration: z
      .strictObject({ interval: z.enum(['month', 'year']), interval_count: z.literal('1') })
      .optional(),
    proration_behavior: z.literal('none').optional(),
  }),
).refine((all) => all.length === 2, 'The sandbox schedules one change.')
const scheduleUpdate = z.strictObject({ end_behavior: z.literal('release'), phases, expand })

/** Subscriptions, and the changes that are scheduled for the end of their period. */
export const subscriptionRoutes = (sandbox: StripeSandbox) => {
  const { store } = sandbox
  const { state } = store
  return [
    route('GET', '/v1/subscriptions', ({ url }) => {
      const asked = readFields(url.searchParams, listed)
      const found = newest(Object.values(state.subscriptions).map(({ subscription }) => subscription))
        .filter(({ customer }) => !asked.customer || customer === asked.customer)
        .filter(({ status }) => asked.status === 'all' || status !== 'canceled')
      return replyPage(state, url, found, asked)
    }),
    route('GET', '/v1/subscriptions/:id', ({ url, params }) => {
      const asked = readFields(url.searchParams, z.strictObject({ expand }))
      return reply(state, findSubscription(state, params.id).subscription, asked.expand)
    }),
    route('POST', '/v1/subscriptions/:id', async ({ request, params }) => {
      const input = await readForm(request, update)
      const record = findSubscription(state, params.id)
      if ('items' in input) {
        const [item] = input.items
        if (!item) throw refuse(400, 'parameter_missing', 'There is nothing to change.')
        changePrice(sandbox, record, keepPrice(sandbox, item.price_data))
      } else {
        setCancelAtPeriodEnd(sandbox, record, input.cancel_at_period_end === 'true')
      }
      store.save()
      return reply(state, record.subscription, input.expand)
    }),
    route('DELETE', '/v1/subscriptions/:id', ({ params }) => {
      const record = findSubscription(state, params.id)
      endSubscription(sandbox, record)
      return reply(state, record.subscription)
    }),

    route('POST', '/v1/subscription_schedules', async ({ request }) => {
      const input = await readForm(request, z.strictObject({ from_subscription: z.string() }))
      const schedule = createSchedule(sandbox, findSubscription(state, input.from_subscription))
      store.save()
      return reply(state, schedule)
    }),
    route('GET', '/v1/subscription_schedules/:id', ({ url, params }) => {
      const asked = readFields(url.searchParams, z.strictObject({ expand }))
      return reply(state, findSchedule(state, params.id), asked.expand)
    }),
    route('POST', '/v1/subscription_schedules/:id', async ({ request, params }) => {
      const input = await readForm(request, scheduleUpdate)
      const schedule = findSchedule(state, params.id)
      const item = input.phases[1]?.items[0]
      if (!item) throw refuse(400, 'parameter_missing', 'There is nothing to schedule.')
      setNextPhase(sandbox, schedule, 'price' in item ? item.price : keepPrice(sandbox, item.price_data).id)
      store.save()
      return reply(state, schedule, input.expand)
    }),
    route('POST', '/v1/subscription_schedules/:id/release', ({ params }) => {
      const schedule = findSchedule(state, params.id)
      const { subscription } = findSubscription(state, String(schedule.subscription))
      releaseSchedule(sandbox, subscription)
      emitSubscription(sandbox, subscription, 'updated')
      store.save()
      return reply(state, schedule)
    }),
  ]
}
