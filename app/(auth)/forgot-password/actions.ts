'use server'

import { z } from 'zod'
import { emailField } from '@/lib/auth/fields'
import { sendMail } from '@/lib/auth/send-mail'
import { validatedAction } from '@/lib/auth/validated-action'

export const forgotPassword = validatedAction(z.object({ email: emailField }), ({ email }) =>
  sendMail('recovery', email, '/reset-password'),
)
