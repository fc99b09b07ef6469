import { z } from 'zod'
import { missing } from '../errors.ts'
import { wholeNumber } from '../form.ts'
import { listProducts } from '../products.ts'
import type { StripeSandbox } from '../sandbox.ts'
import { newPrice, type PriceData } from '../shapes/price.ts'

export const url = z.url({ protocol: /^https?$/ })

const price = z.strictObject({
  currency: z.string().regex(/^[a-z]{3}$/),
  unit_amount: wholeNumber,
  product: z.string(),
})
const recurring = z.strictObject({ interval: z.enum(['month', 'year']) })
/** A price as it is given where something is sold; the sandbox keeps no catalog of them. */
export const priceData = price.extend({ recurring: recurring.optional() })
export const recurringPriceData = price.extend({ recurring })

/** Keeps the price that is made of what was given. @throws SandboxError 404 when there is no such product */
export function keepPrice(sandbox: StripeSandbox, data: PriceData) {
  if (!listProducts(sandbox).some(({ id }) => id === data.product)) throw missing('product', data.product)
  const made = newPrice(data)
  sandbox.store.state.prices[made.id] = made
  return made
}
