import { combineChunks, createChunks, DEFAULT_COOKIE_OPTIONS, isChunkLike } from '@supabase/ssr'
import { z } from 'zod'

type Cookie = { name: string; value: string }

/** What a cookie store or a response sets. */
export type SetCookie = [name: string, value: string, options: typeof DEFAULT_COOKIE_OPTIONS]

/** What Auth answers to a sign-in or a renewal, and the cookie keeps. `expires_at` is in seconds. */
export const storedSession = z.looseObject({
  access_token: z.string(),
  refresh_token: z.string(),
  expires_at: z.number(),
})

export type StoredSession = z.infer<typeof storedSession>

const PREFIX = 'base64-'

/** The session that cookies carry, as whoever sent them wrote it; null when they carry none. */
export async function readSessionCookie(
  name: string,
  cookies: readonly Cookie[],
): Promise<StoredSession | null> {
  const find = (chunk: string) => cookies.find((cookie) => cookie.name === chunk)?.value
  const value = await combineChunks(name, find)
  if (!value?.startsWith(PREFIX)) return null
  const json = Buffer.from(value.slice(PREFIX.length), 'base64url').toString()
  try {
    return storedSession.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}

/** The changes that make `cookies` carry the tokens of `session`, and nothing else of it; or none with null. */
export function changeSessionCookie(
  name: string,
  cookies: readonly Cookie[],
  session: StoredSession | null,
  { secure }: { secure: boolean },
): SetCookie[] {
  const value = session && PREFIX + Buffer.from(JSON.stringify(withoutUser(session))).toString('base64url')
  const chunks = value === null ? [] : createChunks(name, value)
  const kept = new Set(chunks.map((chunk) => chunk.name))
  const stale = cookies.filter((cookie) => isChunkLike(cookie.name, name) && !kept.has(cookie.name))
  return [
    ...stale.map((cookie): SetCookie => [cookie.name, '', { ...DEFAULT_COOKIE_OPTIONS, secure, maxAge: 0 }]),
    ...chunks.map((chunk): SetCookie => [chunk.name, chunk.value, { ...DEFAULT_COOKIE_OPTIONS, secure }]),
  ]
}

function withoutUser({ user: _, ...tokens }: StoredSession): StoredSession {
  return tokens
}
