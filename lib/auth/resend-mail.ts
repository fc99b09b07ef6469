'use server'

import { z } from 'zod'
import { emailField, nextField } from './fields'
import { MAIL_KINDS, sendMail } from './send-mail'
import { validatedAction } from './validated-action'

const schema = z.object({ kind: z.enum(MAIL_KINDS), email: emailField, next: nextField })

/** Sends a link again that somebody has asked for before. */
export const resendMail = validatedAction(schema, ({ kind, email, next }) => sendMail(kind, email, next))
