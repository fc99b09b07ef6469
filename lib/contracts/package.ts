import { z } from 'zod'

/** Something for sale. `price` is in minor units of `currency`, cents for most; a plan has an `interval`. */
export const creditPackage = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  creditAmount: z.int(),
  creditType: z.string(),
  price: z.int(),
  currency: z.string(),
  interval: z.enum(['month', 'year']).nullable(),
  popular: z.boolean(),
  isActive: z.boolean(),
})

/** The id of a package. A number is taken as text: an id here is a word, so none fits. */
export const packageName = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(40))
