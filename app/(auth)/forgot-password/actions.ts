'use server'

import { z } from 'zod'
import { captchaField, emailField } from '@/lib/auth/fields'
import { sendMail } from '@/lib/auth/send-mail'
import { validatedAction } from '@/lib/auth/validated-action'

const schema = z.object({ email: emailField, captchaToken: captchaField })

export const forgotPassword = validatedAction(schema, (input) => sendMail('recovery', input))
