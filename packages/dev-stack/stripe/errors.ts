import { SandboxError } from '../dodopayments/http.ts'

/** A refusal as Stripe writes it: `code` is its own, in lower case. */
export const refuse = (status: number, code: string, message: string) =>
  new SandboxError(status, code, message)

export const missing = (what: string, id: string | undefined) =>
  refuse(404, 'resource_missing', `No such ${what}: '${id ?? ''}'`)

export function errorJson(error: unknown): Response {
  if (error instanceof SandboxError) {
    const { status, code, message } = error
    const type = status === 402 ? 'card_error' : code === 'idempotency_error' ? code : 'invalid_request_error'
    return Response.json({ error: { type, code, message } }, { status })
  }
  console.error('Stripe sandbox:', error)
  return Response.json({ error: { type: 'api_error', message: 'The sandbox failed.' } }, { status: 500 })
}
