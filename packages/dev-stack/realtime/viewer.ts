import { z } from 'zod'
import { Refusal } from './refusal.ts'

/** The database roles a token may name; anything else, a superuser above all, never reaches `set role`. */
export const ROLES = ['anon', 'authenticated', 'service_role'] as const
export type Role = (typeof ROLES)[number]

/** Checks a JWT and resolves to its claims; throws when it is forged or expired. */
export type VerifyToken = (jwt: string) => Promise<object>

/** As whom a channel reads: `claims` is the JSON that policies see, `expiresAt` is in milliseconds. */
export type Viewer = { role: Role; subject: string | null; claims: string; expiresAt: number | null }

const claimsSchema = z.looseObject({ role: z.enum(ROLES), exp: z.number(), sub: z.string().optional() })

/** Who holds no token reads as the role of the API key the socket was opened with. */
function keyViewer(role: Role): Viewer {
  return { role, subject: null, claims: JSON.stringify({ role }), expiresAt: null }
}

/** Resolves a channel's token to its viewer. API keys stand in for a token. Throws `Refusal`. */
export async function readToken(
  verify: VerifyToken,
  token: string | null | undefined,
  keyRole: Role,
): Promise<Viewer> {
  if (!token || token.startsWith('sb_')) return keyViewer(keyRole)
  const verified = await verify(token).catch((error: unknown) => {
    throw isExpiry(error) ? expired() : new Refusal('JwtSignatureError', 'Failed to validate JWT signature')
  })
  const claims = claimsSchema.safeParse(verified)
  if (!claims.success) {
    throw new Refusal('InvalidJWTToken', `The token needs \`exp\` and a \`role\` out of ${ROLES.join(', ')}`)
  }
  const { role, exp, sub } = claims.data
  const viewer = { role, subject: sub ?? null, claims: JSON.stringify(verified), expiresAt: exp * 1000 }
  if (hasExpired(viewer)) throw expired()
  return viewer
}

/** Whether the viewer's token has run out. */
export function hasExpired(viewer: Viewer): boolean {
  return viewer.expiresAt !== null && viewer.expiresAt <= Date.now()
}

function expired(): Refusal {
  return new Refusal('InvalidJWTToken', 'Token has expired')
}

function isExpiry(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED'
}
