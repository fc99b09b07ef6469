import type { BrowserContext } from '@playwright/test'
import { combineChunks, createChunks, stringFromBase64URL, stringToBase64URL } from '@supabase/ssr'
import { sessionCookieName } from '../../lib/supabase/session-cookie-name.ts'
import { stackEnv } from './environment.ts'

type Session = { access_token: string; refresh_token: string; expires_at: number }

const PREFIX = 'base64-'
const COOKIE = /^(sb-.+-auth-token)(\.\d+)?$/

/** The session a browser carries; undefined when it carries none. */
export async function readSession(context: BrowserContext): Promise<Session | undefined> {
  const cookies = await context.cookies()
  const value = await combineChunks(
    await cookieName(context),
    (name) => cookies.find((cookie) => cookie.name === name)?.value,
  )
  return value ? JSON.parse(stringFromBase64URL(value.slice(PREFIX.length))) : undefined
}

/** Replaces parts of the session a browser carries, as an attacker or the passing of time would. */
export async function changeSession(context: BrowserContext, changes: Partial<Session>): Promise<void> {
  const session = { ...(await readSession(context)), ...changes }
  await writeSessionCookie(context, `${PREFIX}${stringToBase64URL(JSON.stringify(session))}`)
}

/** Puts any value where the session is kept. */
export async function writeSessionCookie(context: BrowserContext, value: string): Promise<void> {
  const name = await cookieName(context)
  await context.clearCookies({ name: COOKIE })
  const chunks = createChunks(name, value)
  await context.addCookies(chunks.map((chunk) => ({ ...chunk, url: stackEnv('APP_URL') })))
}

/** What a browser would say in the header `cookie` of a request to the app. */
export async function cookieHeader(context: BrowserContext, app = stackEnv('APP_URL')): Promise<string> {
  const cookies = await context.cookies(app)
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
}

async function cookieName(context: BrowserContext): Promise<string> {
  const names = (await context.cookies()).map(({ name }) => COOKIE.exec(name)?.[1])
  const name = names.find((found) => found !== undefined)
  if (name) return name
  return sessionCookieName(stackEnv('NEXT_PUBLIC_SUPABASE_URL'))
}
