import { randomUUID } from 'node:crypto'
import type { BrowserContext } from '@playwright/test'
import { createServerClient } from '@supabase/ssr'
import { createClient } from '@supabase/supabase-js'
import { sessionCookieName } from '../../lib/supabase/session-cookie-name.ts'
import type { Database } from './database.ts'
import { stackEnv } from './environment.ts'

export type Credentials = { email: string; password: string }
export type Account = Credentials & { id: string }

/** An address nobody has used, and a password to go with it. */
export function newCredentials(): Credentials {
  return {
    email: `ada-${randomUUID().slice(0, 13)}@example.com`,
    password: `correct horse ${randomUUID().slice(0, 8)}`,
  }
}

/** An account whose address is confirmed, so with its sign-up bonus. */
export async function createAccount(): Promise<Account> {
  const credentials = newCredentials()
  const { auth } = createClient(stackEnv('NEXT_PUBLIC_SUPABASE_URL'), stackEnv('SUPABASE_SECRET_KEY'), {
    auth: { persistSession: false },
  })
  const { data, error } = await auth.admin.createUser({ ...credentials, email_confirm: true })
  if (error) throw error
  return { ...credentials, id: data.user.id }
}

export async function createAdminAccount(sql: Database): Promise<Account> {
  const account = await createAccount()
  await sql`insert into public.user_roles (user_id, role) values (${account.id}, 'admin')`
  return account
}

/** Signs in as the app would and puts the session's cookies into a browser. */
export async function signIn(context: BrowserContext, credentials: Credentials): Promise<void> {
  const jar = await openSession(credentials)
  const cookies = [...jar].map(([name, value]) => ({ name, value, url: stackEnv('APP_URL') }))
  await context.addCookies(cookies)
}

/** The cookies of somebody who has signed in, by name. */
export async function openSession({ email, password }: Credentials): Promise<Map<string, string>> {
  const jar = new Map<string, string>()
  const { auth } = visitor((name, value) => jar.set(name, value))
  const { error } = await auth.signInWithPassword({ email, password })
  if (error) throw error
  return jar
}

/** Asks for a sign-in link, as the login page does. */
export async function askForLink(email: string): Promise<void> {
  const { error } = await visitor().auth.signInWithOtp({ email, options: { shouldCreateUser: false } })
  if (error) throw error
}

/** Signs up past the app's form, with a password: the project's key is public. */
export async function signUpWithPassword(credentials: Credentials): Promise<void> {
  const { error } = await visitor().auth.signUp(credentials)
  if (error) throw error
}

/** Somebody at the app, whose cookies go to `keep`. */
function visitor(keep: (name: string, value: string) => void = () => {}) {
  const url = stackEnv('NEXT_PUBLIC_SUPABASE_URL')
  return createServerClient(url, stackEnv('NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY'), {
    cookieOptions: { name: sessionCookieName(url) },
    cookies: {
      getAll: () => [],
      setAll: (changed) => {
        for (const { name, value } of changed) keep(name, value)
      },
    },
  })
}
