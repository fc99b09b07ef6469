import { z } from 'zod'

/** The id of a package, as a request may name one. */
export const packageId = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/, 'is not the id of a package')
