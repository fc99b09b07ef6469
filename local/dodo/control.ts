import { z } from 'zod'
import { readBody, route, SandboxError } from './http.ts'
import type { Sandbox } from './sandbox.ts'

const faultsInput = z.strictObject({ hold: z.int().min(0).optional(), fail: z.int().min(0).optional() })
const resendInput = z.strictObject({
  asNew: z.boolean().optional(),
  times: z.int().min(1).max(100).default(1),
})

/** Switches for developers and tests, beside the API and without its key. */
export const controlRoutes = ({ webhooks, store }: Sandbox) => [
  route('GET', '/sandbox/deliveries', () => Response.json({ items: webhooks.list() })),

  // { asNew: true } gives the copies ids of their own; `times` sends several at once.
  route('POST', '/sandbox/deliveries/:id/resend', async ({ request, params }) => {
    const delivery = store.state.deliveries[params.id ?? '']
    if (!delivery) throw new SandboxError(404, 'DELIVERY_NOT_FOUND', 'There is no such delivery.')
    if (request.headers.get('content-type') !== 'application/json') {
      webhooks.resend(delivery)
      return new Response(null, { status: 303, headers: { location: '/' } })
    }
    const { asNew, times } = await readBody(request, resendInput)
    return Response.json({ items: Array.from({ length: times }, () => webhooks.resend(delivery, { asNew })) })
  }),

  // The next `hold` events are kept back until sent again; the next `fail` attempts get lost.
  route('POST', '/sandbox/faults', async ({ request }) =>
    Response.json(Object.assign(webhooks.faults, await readBody(request, faultsInput))),
  ),

  route('POST', '/sandbox/release', async () => {
    const held = webhooks.list().filter((delivery) => delivery.status === 'held')
    return Response.json({ items: held.map((delivery) => webhooks.resend(delivery)) })
  }),

  // ?timeout=milliseconds
  route('GET', '/sandbox/idle', async ({ url }) => {
    const idle = await webhooks.idle(Number(url.searchParams.get('timeout') ?? 10_000))
    return Response.json({ idle }, { status: idle ? 200 : 408 })
  }),
]
