import 'server-only'
import { answerPreflight } from './cross-origin'
import { errorResponse } from './error-response'
import { AppError } from './errors'
import { asProblem } from './problem'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

type Method = (typeof METHODS)[number]
type Handler = (request: Request) => Promise<Response>

/** 405: the route is there, and takes other methods. */
class MethodNotAllowedError extends AppError {
  constructor(allowed: readonly string[]) {
    super('method_not_allowed', 405, `This route takes ${allowed.join(', ')}.`, { allowed })
  }
}

/**
 * Answers every method that a route does not have, with the `Allow` header: Next.js would send a 405 without either a
 * body or that header. To be exported by each route under `/api` beside its own methods:
 * `export const { PUT, PATCH, DELETE, OPTIONS } = refuseMethods('GET', 'POST')`. A GET answers HEAD as well.
 */
export function refuseMethods(...own: Method[]): Record<Method | 'OPTIONS', () => Promise<Response>> {
  const taken = new Set<Method>(own.includes('GET') ? [...own, 'HEAD'] : own)
  const allowed = ['OPTIONS', ...taken].sort()
  const allow = allowed.join(', ')
  const refuse = async () => {
    const response = errorResponse(new MethodNotAllowedError(allowed))
    response.headers.set('allow', allow)
    return response
  }
  const tell = async () => new Response(null, { status: 204, headers: { allow } })
  return { ...byEveryMethod(refuse), OPTIONS: tell }
}

/** The methods of a route, and {@link refuseMethods} for the others: for a route some of whose methods can be removed. */
export function everyMethod(own: { GET: Handler } & Partial<Record<Method, Handler>>) {
  const names = METHODS.filter((method) => own[method])
  return { ...refuseMethods(...names), HEAD: own.GET, ...own }
}

/**
 * {@link refuseMethods} for the routes of `/api/v1`: errors are problem details, and pages of other sites may ask whether
 * they can send a key.
 */
export function refuseKeyMethods(
  ...own: Method[]
): Record<Method, () => Promise<Response>> & { OPTIONS: Handler } {
  const { GET, OPTIONS } = refuseMethods(...own)
  const refuse = async () => asProblem(await GET())
  const tell: Handler = async (request) => answerPreflight(request, await OPTIONS())
  return { ...byEveryMethod(refuse), OPTIONS: tell }
}

function byEveryMethod<Handle>(handle: Handle): Record<Method, Handle> {
  return { GET: handle, HEAD: handle, POST: handle, PUT: handle, PATCH: handle, DELETE: handle }
}
