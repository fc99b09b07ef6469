import 'server-only'
import { TRPCError } from '@trpc/server'
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server/rpc'
import { errorBody, toAppError } from '@/lib/http'
import { AppError } from '@/lib/http/errors'

/** What tRPC calls each HTTP status that we answer. */
const NAMES: Record<number, TRPC_ERROR_CODE_KEY> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  402: 'PAYMENT_REQUIRED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
  499: 'CLIENT_CLOSED_REQUEST',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
}

/** What we call what tRPC itself refuses. */
const OWN: Partial<Record<TRPC_ERROR_CODE_KEY, { code: string; message: string }>> = {
  NOT_FOUND: { code: 'route_not_found', message: 'There is no such procedure.' },
  METHOD_NOT_SUPPORTED: {
    code: 'method_not_allowed',
    message: 'A query is sent by GET, a mutation by POST.',
  },
  PARSE_ERROR: { code: 'bad_request', message: 'The request cannot be read.' },
  BAD_REQUEST: { code: 'bad_request', message: 'The request cannot be read.' },
  UNSUPPORTED_MEDIA_TYPE: { code: 'unsupported_media_type', message: 'Send JSON.' },
}

/** Any error of a procedure as tRPC has it. @throws TRPCError always */
export function toTrpcError(error: unknown): never {
  const cause = toAppError(error)
  throw new TRPCError({
    code: NAMES[cause.status] ?? 'INTERNAL_SERVER_ERROR',
    message: cause.message,
    cause,
  })
}

/** The error of a tRPC answer: `data.code` and the details are those of every other answer of ours. */
export function formatError({ shape, error }: { shape: Shape; error: TRPCError }) {
  const own = OWN[error.code]
  const known = error.cause instanceof AppError ? error.cause : own && toOwn(own, shape.data.httpStatus)
  const { error: code, message, ...details } = errorBody(known ?? toAppError(error))
  const { httpStatus, path } = shape.data
  return { ...shape, message, data: { ...details, code, httpStatus, path } }
}

type Shape = { message: string; code: number; data: { httpStatus: number; path?: string } }

function toOwn({ code, message }: { code: string; message: string }, status: number): AppError {
  return new AppError(code, status, message)
}

/** The `Retry-After` header of an answer, as REST sends it. */
export function retryAfter(errors: readonly TRPCError[]): { headers?: Record<string, string> } {
  const causes = errors.map(({ cause }) => (cause instanceof AppError ? cause.details.retryAfterSeconds : 0))
  const seconds = Math.max(0, ...causes.filter((value) => typeof value === 'number'))
  return seconds > 0 ? { headers: { 'retry-after': String(seconds) } } : {}
}
