import { z } from 'zod'
import { safeNextPath } from './next-path'

const NOT_AN_ADDRESS = 'Enter an e-mail address like name@example.com.'

export const emailField = z
  .string({ error: NOT_AN_ADDRESS })
  .trim()
  .toLowerCase()
  .max(254, NOT_AN_ADDRESS)
  .pipe(z.email({ error: NOT_AN_ADDRESS }))

const TOO_LONG = 'Use at most 72 bytes: a plain letter takes one, an accented letter two, an emoji four.'

/** A new password. bcrypt reads 72 bytes and no more, so that is where it ends. */
export const passwordField = z
  .string({ error: 'Choose a password.' })
  .min(8, 'Use at least 8 characters.')
  .refine((password) => new TextEncoder().encode(password).length <= 72, TOO_LONG)

/** The password somebody already has: whatever was typed, at most as long as one may be sent. */
export const currentPasswordField = z
  .string({ error: 'Enter your current password.' })
  .min(1, 'Enter your current password.')
  .max(1000, 'That is not your current password.')

/** What the captcha of the project gave, where it has one: handed on to Auth, which checks it. */
export const captchaField = z.string().max(4096).optional()

/** Where to go afterwards; anything that would leave the site becomes the dashboard. */
export const nextField = z
  .unknown()
  .optional()
  .transform((value) => safeNextPath(value))
