import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { json } from '../http.ts'
import { AuthError, refuseTakenAddress } from './auth-error.ts'
import type { AuthContext, Sql } from './context.ts'
import { hashPassword } from './hash-password.ts'
import { readBody } from './read-body.ts'
import { findUser, listUsers, toApiUser } from './users.ts'

const MAX_PER_PAGE = 1000

const metadata = z.record(z.string(), z.unknown())

/** `none`, or hours, minutes and seconds as in `1h30m`. */
const banDuration = z.string().regex(/^(none|(\d+h)?(\d+m)?(\d+s)?)$/, 'Invalid format for ban_duration')

const attributesSchema = z
  .strictObject(
    {
      id: z.uuid(),
      email: z.email('Unable to validate email address: invalid format'),
      password: z.string().min(1).max(72, 'Password cannot be longer than 72 characters'),
      email_confirm: z.boolean(),
      user_metadata: metadata,
      app_metadata: metadata,
      role: z.string(),
      ban_duration: banDuration,
    },
    'The embedded Auth does not know this attribute.',
  )
  .partial()

type Attributes = z.infer<typeof attributesSchema>

/** GET /admin/users?page=&per_page= */
export async function listUsersPage(context: AuthContext, request: Request): Promise<Response> {
  const url = new URL(request.url)
  const page = positive(url.searchParams.get('page'), 1)
  const perPage = Math.min(positive(url.searchParams.get('per_page'), 50), MAX_PER_PAGE)
  const { users, total } = await listUsers(context.sql, { page, perPage })
  const last = Math.max(1, Math.ceil(total / perPage))
  const link = (target: number, rel: string) =>
    `<${url.pathname}?page=${target}&per_page=${perPage}>; rel="${rel}"`
  const links = [...(page < last ? [link(page + 1, 'next')] : []), link(last, 'last')]
  const body = { users: users.map(toApiUser), aud: 'authenticated' }
  return json(200, body, { 'x-total-count': String(total), link: links.join(', ') })
}

/** POST /admin/users: no mail is sent; the address counts as confirmed if `email_confirm` says so. */
export async function createUser(context: AuthContext, request: Request): Promise<Response> {
  const attributes = await readBody(request, attributesSchema)
  const id = attributes.id ?? randomUUID()
  await insertUser(context.sql, id, attributes)
  return await showUser(context, id)
}

/** GET /admin/users/:id */
export async function showUser({ sql }: AuthContext, id: string): Promise<Response> {
  const user = await findUser(sql, { id })
  if (!user) throw userNotFound()
  return json(200, toApiUser(user))
}

/** PUT /admin/users/:id: metadata is merged, a null in it removes its key. */
export async function changeUser(context: AuthContext, request: Request, id: string): Promise<Response> {
  const attributes = await readBody(request, attributesSchema)
  const user = await findUser(context.sql, { id })
  if (!user) throw userNotFound()
  const userMetadata = {
    ...attributes.user_metadata,
    ...(attributes.email_confirm && { email_verified: true }),
  }
  const password = attributes.password && (await hashPassword(attributes.password))
  await context.sql`
    update auth.users
    set email = ${attributes.email?.toLowerCase() ?? user.email},
      encrypted_password = ${password ?? user.encrypted_password},
      role = ${attributes.role ?? user.role},
      email_confirmed_at = coalesce(email_confirmed_at, case when ${Boolean(attributes.email_confirm)} then now() end),
      raw_app_meta_data = ${merge(user.raw_app_meta_data, attributes.app_metadata)}::jsonb,
      raw_user_meta_data = ${merge(user.raw_user_meta_data, userMetadata)}::jsonb,
      banned_until = ${banEnd(context.sql, attributes.ban_duration)},
      updated_at = now()
    where id = ${id}
  `.catch(refuseTakenAddress)
  return await showUser(context, id)
}

/** DELETE /admin/users/:id: fails when the database keeps rows that need the user. */
export async function deleteUser({ sql }: AuthContext, request: Request, id: string): Promise<Response> {
  const { should_soft_delete } = await readBody(
    request,
    z.object({ should_soft_delete: z.boolean().nullish() }),
  )
  if (should_soft_delete)
    throw new AuthError(400, 'validation_failed', 'The embedded Auth has no soft deletion.')
  const deleted = await sql`delete from auth.users where id = ${id}`.catch((error: Error) => {
    throw new AuthError(500, 'unexpected_failure', `Database error deleting user: ${error.message}`)
  })
  if (deleted.count === 0) throw userNotFound()
  return json(200, {})
}

/** Adds a user who signs in with an address. @throws AuthError `email_exists`. */
export async function insertUser(sql: Sql, id: string, attributes: Attributes): Promise<void> {
  const email = attributes.email?.toLowerCase()
  if (!email) throw new AuthError(400, 'validation_failed', 'Cannot create a user without an email')
  const password = await hashPassword(attributes.password ?? randomUUID())
  const identity = {
    sub: id,
    email,
    email_verified: Boolean(attributes.email_confirm),
    phone_verified: false,
  }
  const appMetadata = merge({ provider: 'email', providers: ['email'] }, attributes.app_metadata)
  // As given: only an address that is confirmed adds something.
  const userMetadata = {
    ...attributes.user_metadata,
    ...(attributes.email_confirm && { email_verified: true }),
  }
  await sql
    .begin(async (transaction) => {
      await transaction`
        insert into auth.users (
          id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data
        )
        values (
          ${id}, 'authenticated', ${attributes.role ?? 'authenticated'}, ${email}, ${password},
          case when ${Boolean(attributes.email_confirm)} then now() end,
          ${appMetadata}::jsonb, ${JSON.stringify(userMetadata)}::jsonb
        )
      `
      await transaction`
        insert into auth.identities (provider, provider_id, user_id, identity_data)
        values ('email', ${id}, ${id}, ${JSON.stringify(identity)}::jsonb)
      `
    })
    .catch(refuseTakenAddress)
}

/** Ended sessions are not told: a ban is looked at where a session is renewed, and where an app asks. */
function banEnd(sql: Sql, duration: string | undefined) {
  if (duration === undefined) return sql`banned_until`
  return duration === 'none' ? sql`null` : sql`now() + ${duration}::interval`
}

function merge(current: Attributes['app_metadata'], change: Attributes['app_metadata']): string {
  const merged = Object.entries({ ...current, ...change })
  return JSON.stringify(Object.fromEntries(merged.filter(([, value]) => value !== null)))
}

function positive(text: string | null, fallback: number): number {
  const value = Number(text)
  return Number.isInteger(value) && value > 0 ? value : fallback
}

function userNotFound(): AuthError {
  return new AuthError(404, 'user_not_found', 'User not found')
}
