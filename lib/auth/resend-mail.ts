'use server'

import { z } from 'zod'
import { captchaField, emailField, nextField } from './fields'
import { MAIL_KINDS, sendMail } from './send-mail'
import { validatedAction } from './validated-action'

const schema = z.object({
  kind: z.enum(MAIL_KINDS),
  email: emailField,
  next: nextField,
  captchaToken: captchaField,
})

/** Sends a link again that somebody has asked for before. */
export const resendMail = validatedAction(schema, ({ kind, ...input }) => sendMail(kind, input))
