import 'server-only'
import { unstable_rethrow } from 'next/navigation'
import { logger } from '@/lib/logger'
import { AppError } from './errors'

/** The error itself if it is one of ours; else, once logged, one that leaks nothing. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  logger.error('unexpected error in a route', { error })
  // What was done before it failed is not known here.
  const message = 'Something went wrong on our side. Check whether it was done before you try again.'
  return new AppError('internal_error', 500, message)
}

/** The one JSON shape of errors here: `{ error: code, message, …details }`. */
export function errorBody(error: AppError): { error: string; message: string } & Record<string, unknown> {
  return { ...error.details, error: error.code, message: error.sentence }
}

/** Turns any error into an answer; `retryAfterSeconds` among its details becomes the `Retry-After` header. */
export function errorResponse(error: unknown): Response {
  const known = toAppError(error)
  const headers = new Headers({ 'cache-control': 'no-store' })
  const { retryAfterSeconds } = known.details
  if (typeof retryAfterSeconds === 'number') headers.set('retry-after', String(retryAfterSeconds))
  return Response.json(errorBody(known), { status: known.status, headers })
}

type RouteHandler<Args extends unknown[]> = (request: Request, ...args: Args) => Promise<Response>

/** Wraps a route handler so that whatever it throws becomes an `errorResponse`. */
export function handleRoute<Args extends unknown[]>(handler: RouteHandler<Args>): RouteHandler<Args> {
  return async (request, ...args) => {
    try {
      return await handler(request, ...args)
    } catch (error) {
      // redirect() and notFound() are thrown too; they belong to Next.
      unstable_rethrow(error)
      return errorResponse(error)
    }
  }
}
