import { z } from 'zod'

export const metadataInput = z
  .record(z.string().max(40), z.union([z.string().max(500), z.number(), z.boolean()]))
  .refine((pairs) => Object.keys(pairs).length <= 50, 'Metadata takes at most 50 pairs.')

export const customerInput = z.strictObject({
  email: z.email(),
  name: z.string().nullish(),
  phone_number: z.string().nullish(),
})
