import { z } from 'zod'
import { json } from '../http.ts'
import { refusePhone } from './absent.ts'
import type { AuthContext } from './context.ts'
import { resendEmailChange } from './email-change.ts'
import { readBody } from './read-body.ts'
import { mailConfirmation } from './sign-up.ts'
import { findUser } from './users.ts'

const resendSchema = z.object({
  type: z.enum(['signup', 'email_change'], 'Missing one of these types: signup, email_change'),
  email: z.email('Unable to validate email address: invalid format'),
})

/** POST /resend: the answer does not tell whether anything was sent. */
export async function resend(context: AuthContext, request: Request): Promise<Response> {
  refusePhone(await readBody(request, z.object({ phone: z.string().nullish() })))
  const { type, email } = await readBody(request, resendSchema)
  if (type === 'email_change') await resendEmailChange(context, email)
  else {
    const user = await findUser(context.sql, { email })
    if (user && !user.email_confirmed_at) await mailConfirmation(context, { id: user.id, email })
  }
  return json(200, {})
}
