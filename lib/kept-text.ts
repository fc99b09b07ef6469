import { z } from 'zod'

/** Text that Postgres can keep: no zero character, no half of a surrogate pair. */
export const keptText = z
  .string()
  .refine((text) => !text.includes('\0') && text.isWellFormed(), 'This has characters that cannot be kept.')
