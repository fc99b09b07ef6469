import { z } from 'zod'
import type { Sql } from './context.ts'

const timestamp = z.string().nullable()
const metadata = z.record(z.string(), z.unknown())

const userSchema = z.object({
  id: z.string(),
  aud: z.string(),
  role: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  encrypted_password: z.string().nullable(),
  email_confirmed_at: timestamp,
  confirmation_sent_at: timestamp,
  recovery_sent_at: timestamp,
  invited_at: timestamp,
  last_sign_in_at: timestamp,
  created_at: z.string(),
  updated_at: z.string(),
  email_change: z.string().nullable(),
  raw_app_meta_data: metadata,
  raw_user_meta_data: metadata,
  is_anonymous: z.boolean(),
  identities: z.array(
    z.object({
      id: z.string(),
      provider: z.string(),
      provider_id: z.string(),
      user_id: z.string(),
      identity_data: metadata,
      email: z.string().nullable(),
      last_sign_in_at: timestamp,
      created_at: z.string(),
      updated_at: z.string(),
    }),
  ),
})

/** A row of auth.users with its identities. */
export type User = z.infer<typeof userSchema>

/** Where to look a user up. */
export type UserKey = { id: string } | { email: string }

export async function findUser(sql: Sql, key: UserKey): Promise<User | undefined> {
  const condition = 'id' in key ? sql`u.id = ${key.id}` : sql`u.email = ${key.email.toLowerCase()}`
  const [row] = await sql`${selectUsers(sql)} where ${condition}`
  return row && userSchema.parse(row)
}

/** One page of users, newest first, and how many there are. */
export async function listUsers(
  sql: Sql,
  { page, perPage }: { page: number; perPage: number },
): Promise<{ users: User[]; total: number }> {
  const rows = await sql`
    ${selectUsers(sql)}
    order by u.created_at desc, u.id
    limit ${perPage}
    offset ${(page - 1) * perPage}
  `
  const [count] = await sql<{ total: number }[]>`select count(*)::int as total from auth.users`
  return { users: rows.map((row) => userSchema.parse(row)), total: count?.total ?? 0 }
}

function selectUsers(sql: Sql) {
  return sql`
    select u.*, coalesce(
      (select jsonb_agg(to_jsonb(i) order by i.created_at) from auth.identities i where i.user_id = u.id),
      '[]'
    ) as identities
    from auth.users u
  `
}

/** A user as the API shows one: nothing secret, and no key without a value. */
export function toApiUser(user: User): Record<string, unknown> {
  const dates = {
    email_confirmed_at: user.email_confirmed_at,
    confirmed_at: user.email_confirmed_at,
    confirmation_sent_at: user.confirmation_sent_at,
    recovery_sent_at: user.recovery_sent_at,
    invited_at: user.invited_at,
    last_sign_in_at: user.last_sign_in_at,
    new_email: user.email_change,
  }
  return {
    id: user.id,
    aud: user.aud,
    role: user.role,
    email: user.email ?? '',
    phone: user.phone ?? '',
    ...Object.fromEntries(Object.entries(dates).filter(([, value]) => value)),
    app_metadata: user.raw_app_meta_data,
    user_metadata: user.raw_user_meta_data,
    identities: user.identities.map(({ id, provider_id, ...identity }) => ({
      identity_id: id,
      id: provider_id,
      ...identity,
    })),
    created_at: user.created_at,
    updated_at: user.updated_at,
    is_anonymous: user.is_anonymous,
  }
}
