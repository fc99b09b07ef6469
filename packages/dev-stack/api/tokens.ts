import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose'

/** The claims of an access token, named as Supabase Auth names them. */
export type Claims = JWTPayload & {
  role?: string
  email?: string
  session_id?: string
}

export type Tokens = {
  /** The claims of a valid access token. Throws jose's errors on a forged, foreign or expired one. */
  verify(jwt: string): Promise<Claims>
  /** Signs the claims as they are: the caller sets `iat` and `exp`. */
  sign(claims: Claims): Promise<string>
  /** The public half, as served at /auth/v1/.well-known/jwks.json. */
  jwks: JSONWebKeySet
}

const ALGORITHM = 'ES256'

/** Signs and verifies access tokens with the key pair kept in `directory`, which the first call makes. */
export async function createTokens(directory: string): Promise<Tokens> {
  const jwk = await loadKeyPair(join(directory, 'signing-key.json'))
  const { d: _private, ...publicJwk } = jwk
  const privateKey = await importJWK(jwk, ALGORITHM)
  const publicKey = await importJWK(publicJwk, ALGORITHM)

  return {
    async verify(jwt) {
      const { payload } = await jwtVerify<Claims>(jwt, publicKey, { algorithms: [ALGORITHM] })
      return payload
    },
    sign: (claims) =>
      new SignJWT(claims).setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: jwk.kid }).sign(privateKey),
    jwks: { keys: [{ ...publicJwk, key_ops: ['verify'] }] },
  }
}

async function loadKeyPair(file: string): Promise<JWK> {
  const stored = await readFile(file, 'utf8').catch(() => null)
  if (stored) return JSON.parse(stored)
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const jwk = await exportJWK(privateKey)
  const named = { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: ALGORITHM, use: 'sig' }
  await mkdir(join(file, '..'), { recursive: true })
  await writeFile(file, `${JSON.stringify(named, null, 2)}\n`, { mode: 0o600 })
  return named
}
