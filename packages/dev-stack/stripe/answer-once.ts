import { createHash } from 'node:crypto'
import { refuse } from './errors.ts'
import type { StripeSandbox } from './sandbox.ts'

/** Gives a repeated POST with the same `Idempotency-Key` the first answer; with another body it is refused, as Stripe does. */
export async function answerOnce(
  { store }: Pick<StripeSandbox, 'store'>,
  request: Request,
  answer: (request: Request) => Promise<Response>,
): Promise<Response> {
  const key = request.method === 'POST' ? request.headers.get('idempotency-key') : null
  if (!key) return answer(request)
  const digest = createHash('sha256')
    .update(`${request.url}\n${await request.clone().text()}`)
    .digest('hex')
  const known = store.state.answers[key]
  if (known && known.request !== digest) {
    throw refuse(400, 'idempotency_error', 'This idempotency key was used for another request.')
  }
  if (known) {
    return Response.json(known.body, { status: known.status, headers: { 'idempotent-replayed': 'true' } })
  }
  const given = await answer(request)
  store.state.answers[key] = { request: digest, status: given.status, body: await given.clone().json() }
  store.save()
  return given
}
