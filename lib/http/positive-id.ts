import { z } from 'zod'

/** The id of a row in an address, as `/runs/12`. */
export const positiveId = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)
