import { z } from 'zod'

/** Environment variables as they are given. */
export type Variables = Record<string, string | undefined>

export const webUrl = z.url({
  protocol: /^https?$/,
  error: 'must be a full URL that starts with http:// or https://',
})

/** A text that has to be there: `what` says what for, or else what is wrong without it. */
export const required = (what: string) => z.string({ error: `is missing: ${what}` })
