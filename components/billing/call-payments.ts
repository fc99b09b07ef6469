import { z } from 'zod'

const refused = z.object({ error: z.string(), message: z.string() })

const UNREACHED = 'The server could not be reached. Check your connection and try again.'

/** Why a payment route did not do what was asked; `message` is a sentence for people. */
export class PaymentCallError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'PaymentCallError'
    this.code = code
  }
}

type Options<Data> = {
  answer: z.ZodType<Data>
  /** What to say when it cannot be told whether it was done. */
  unknown?: string
}

/** Sends `body` to a route under /api/dodopayments. @throws PaymentCallError */
export async function callPayments<Data>(
  route: string,
  body: object,
  { answer, unknown = UNREACHED }: Options<Data>,
): Promise<Data> {
  const data = await send(route, body, unknown)
  const success = answer.safeParse(data)
  if (success.success) return success.data
  const refusal = refused.safeParse(data)
  if (refusal.success) throw new PaymentCallError(refusal.data.error, refusal.data.message)
  throw new PaymentCallError('unexpected_answer', unknown)
}

async function send(route: string, body: object, unknown: string): Promise<unknown> {
  try {
    const response = await fetch(`/api/dodopayments/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return await response.json()
  } catch {
    throw new PaymentCallError('network_error', unknown)
  }
}
