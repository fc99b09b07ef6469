import type { App } from '@supabase/lite'
import { SignJWT } from 'jose'
import { z } from 'zod'
import type { Caller } from '../caller.ts'
import { reauthorize } from '../http.ts'

/** Signs people in and out, stores users and sessions: the Auth of `@supabase/lite`, which believes `jwtSecret`. */
export type Engine = {
  /** Hands a request over as the caller's. */
  forward(request: Request, caller: Caller): Promise<Response>
  /** Sends a request of our own, as nobody. */
  post(path: string, body: unknown): Promise<Response>
}

const errorSchema = z.object({ error_code: z.string() })

export function createEngine(app: App, jwtSecret: string): Engine {
  const secret = new TextEncoder().encode(jwtSecret)

  async function signFor({ claims }: Caller): Promise<string> {
    return await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secret)
  }

  return {
    async forward(request, caller) {
      const authorization = caller.signedIn ? `Bearer ${await signFor(caller)}` : undefined
      return await app.fetch(await reauthorize(request, authorization))
    },
    post: (path, body) =>
      app.fetch(
        new Request(`http://engine/auth/v1${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
  }
}

/** The error code of a refusal, undefined for anything else. Leaves the response to be read again. */
export async function errorCodeOf(response: Response): Promise<string | undefined> {
  if (response.ok) return undefined
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => undefined)
  return errorSchema.safeParse(body).data?.error_code
}
