import { z } from 'zod'
import type { Caller } from '../caller.ts'
import { json } from '../http.ts'
import { refusePath } from './absent.ts'
import { changeUser, createUser, deleteUser, listUsersPage, showUser } from './admin-users.ts'
import { AuthError, wrongMethod } from './auth-error.ts'
import type { AuthContext } from './context.ts'
import { generateLink } from './generate-link.ts'
import { invite } from './invite.ts'
import { readBody } from './read-body.ts'
import { resend } from './resend.ts'
import { grantToken, updateUser } from './sign-in.ts'
import { sendMagicLink, signUp } from './sign-up.ts'
import { followLink, verify } from './verify.ts'

type Handler = (context: AuthContext, request: Request, caller: Caller) => Response | Promise<Response>

const PREFIX = '/auth/v1'
/** What the engine takes for granted. */
const formSchema = z.looseObject({
  email: z.string().nullish(),
  password: z.string().nullish(),
  refresh_token: z.string().nullish(),
})

/** What the engine serves as hosted Auth does. */
const OF_THE_ENGINE: readonly string[] = [
  'GET /authorize',
  'GET /callback',
  'POST /callback',
  'GET /health',
  'HEAD /health',
  'POST /logout',
  'POST /recover',
  'GET /settings',
  'GET /user',
  'GET /.well-known/openid-configuration',
]

const ADMIN_USER = /^\/admin\/users\/([0-9a-f-]{36})$/i

/** What the engine lacks or does otherwise than hosted Supabase; every other request is handed over to it. */
const ROUTES: Readonly<Record<string, Handler>> = {
  'GET /.well-known/jwks.json': ({ tokens }) =>
    json(200, tokens.jwks, { 'cache-control': 'public, max-age=600' }),
  'POST /signup': signUp,
  'POST /otp': sendMagicLink,
  'POST /magiclink': sendMagicLink,
  'POST /resend': resend,
  'POST /verify': verify,
  'GET /verify': followLink,
  'POST /token': grantToken,
  'PUT /user': updateUser,
  'POST /invite': forAdmins(invite),
  'POST /admin/generate_link': forAdmins(generateLink),
  'GET /admin/users': forAdmins(listUsersPage),
  'POST /admin/users': forAdmins(createUser),
  'GET /admin/users/:id': forAdmins((context, request) => showUser(context, userId(request))),
  'PUT /admin/users/:id': forAdmins((context, request) => changeUser(context, request, userId(request))),
  'DELETE /admin/users/:id': forAdmins((context, request) => deleteUser(context, request, userId(request))),
}

/** Serves /auth/v1 for callers whose API key was checked. */
export async function serveAuth(context: AuthContext, request: Request, caller: Caller): Promise<Response> {
  const url = new URL(request.url)
  const path = url.pathname.slice(PREFIX.length)
  const route = `${request.method} ${ADMIN_USER.test(path) ? '/admin/users/:id' : path}`
  const handle = ROUTES[route] ?? (OF_THE_ENGINE.includes(route) ? forward : undefined)
  try {
    if (!handle) throw isServed(route) ? wrongMethod(request.method) : refusePath(path)
    return await context.redirects.run(url.searchParams.get('redirect_to'), () =>
      handle(context, request, caller),
    )
  } catch (error) {
    if (error instanceof AuthError) return error.toResponse()
    throw error
  }
}

/** Whether the path of a route is served by any method. */
function isServed(route: string): boolean {
  const path = route.slice(route.indexOf(' '))
  return [...Object.keys(ROUTES), ...OF_THE_ENGINE].some((known) => known.slice(known.indexOf(' ')) === path)
}

async function forward({ engine }: AuthContext, request: Request, caller: Caller): Promise<Response> {
  if (request.headers.get('content-type')?.includes('json')) await readBody(request, formSchema)
  return await engine.forward(request, caller)
}

function forAdmins(handle: Handler): Handler {
  return (context, request, caller) => {
    if (caller.role !== 'service_role') throw new AuthError(403, 'not_admin', 'User not allowed')
    return handle(context, request, caller)
  }
}

function userId(request: Request): string {
  return ADMIN_USER.exec(new URL(request.url).pathname.slice(PREFIX.length))?.[1] ?? ''
}
