import { z } from 'zod'

const opened = z.object({ checkoutUrl: z.url({ protocol: /^https?$/ }) })
const refused = z.object({ error: z.string(), message: z.string() })

/** Why no checkout could be opened; `message` is a sentence for people. */
export class CheckoutError extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'CheckoutError'
    this.code = code
  }
}

/** Asks for the checkout page of a package. @throws CheckoutError */
export async function requestCheckout(packageId: string): Promise<string> {
  const body = await send(packageId)
  const success = opened.safeParse(body)
  if (success.success) return success.data.checkoutUrl
  const refusal = refused.safeParse(body)
  if (refusal.success) throw new CheckoutError(refusal.data.error, refusal.data.message)
  throw new CheckoutError('unexpected_answer', 'Something went wrong. Nothing was charged; please try again.')
}

async function send(packageId: string): Promise<unknown> {
  try {
    const response = await fetch('/api/dodopayments/checkout', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ packageId }),
    })
    return await response.json()
  } catch {
    throw new CheckoutError(
      'network_error',
      'The server could not be reached. Check your connection and try again.',
    )
  }
}
