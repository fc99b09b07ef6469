import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { json } from '../http.ts'
import { notEmbedded, refusePhone } from './absent.ts'
import { invalid } from './auth-error.ts'
import type { AuthContext } from './context.ts'
import { errorCodeOf } from './engine.ts'
import { inTurn } from './in-turn.ts'
import { createOneTimeToken } from './one-time-token.ts'
import { readBody } from './read-body.ts'
import { findUser, toApiUser } from './users.ts'

const metadataSchema = z.record(z.string(), z.unknown()).nullish()
const signUpSchema = z.object({
  email: z.string().nullish(),
  password: z.string().nullish(),
  phone: z.string().nullish(),
  data: metadataSchema,
})
const magicLinkSchema = z.object({
  email: z.string().nullish(),
  create_user: z.boolean().nullish(),
  phone: z.string().nullish(),
  data: metadataSchema,
})

type SignUp = z.infer<typeof signUpSchema>

/** POST /signup: the answer does not tell whether the address has an account. */
export async function signUp(context: AuthContext, request: Request): Promise<Response> {
  const form = await readBody(request, signUpSchema)
  refusePhone(form)
  if (!form.email && !form.password) throw notEmbedded('Signing in anonymously')
  return await register(context, form)
}

/** POST /otp: mails a link to sign in with; a stranger is signed up first and asked to confirm. */
export async function sendMagicLink(context: AuthContext, request: Request): Promise<Response> {
  const { email, create_user, data, phone } = await readBody(request, magicLinkSchema)
  refusePhone({ phone })
  if (!email) throw invalid('One of email or phone must be set')
  const user = await findUser(context.sql, { email })
  if (user?.email_confirmed_at || (!user && create_user === false)) {
    return await context.engine.post('/otp', { email, create_user: false })
  }
  const response = await register(context, { email, password: randomBytes(24).toString('base64'), data })
  return response.ok ? json(200, {}) : response
}

/** A second sign-up of an address waits, so that it finds what the first has made. */
async function register(context: AuthContext, form: SignUp): Promise<Response> {
  return await inTurn(`sign-up ${form.email?.toLowerCase() ?? ''}`, () => registerAlone(context, form))
}

async function registerAlone(context: AuthContext, { email, password, data }: SignUp): Promise<Response> {
  const response = await context.engine.post('/signup', { email, password, data: data ?? {} })
  // So the engine calls an address that is taken.
  if ((await errorCodeOf(response)) !== 'over_email_send_rate_limit' || !email) return response
  const user = await findUser(context.sql, { email })
  if (!user) return response
  if (user.email_confirmed_at) return json(200, makeUpUser(email, data ?? {}))
  // Whoever signs up again may be somebody else: nothing of the first sign-up changes.
  await mailConfirmation(context, { id: user.id, email })
  return json(200, toApiUser(user))
}

/** Mails a new link to confirm the address, which replaces the one sent before. */
export async function mailConfirmation(
  { sql, settings, mailer }: AuthContext,
  user: { id: string; email: string },
): Promise<void> {
  const token = createOneTimeToken(user.email, settings.email.otp_length)
  await sql`
    update auth.users
    set confirmation_token = ${token.hash}, confirmation_sent_at = now()
    where id = ${user.id}
  `
  await mailer.sendConfirmation(user.email, token)
}

/** A user that does not exist, as a new one would look but for the identities: clients may tell by these. */
function makeUpUser(email: string, data: Record<string, unknown>): Record<string, unknown> {
  const now = new Date().toISOString()
  return {
    id: randomUUID(),
    aud: 'authenticated',
    role: '',
    email: email.toLowerCase(),
    phone: '',
    confirmation_sent_at: now,
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: data,
    identities: [],
    created_at: now,
    updated_at: now,
    is_anonymous: false,
  }
}
