import { z } from 'zod'

/** Whom an admin does something to. */
export const chosenUser = z.uuid('Choose a user.')

/** Why an admin does something, for the audit log. */
export const reason = z.string().trim().min(3, 'Give a reason of at least 3 characters.').max(500)

/** Sent again with the same key, what was asked for happens once. */
export const idempotencyKey = z.string().min(1).max(128)
