import 'server-only'
import { unstable_rethrow } from 'next/navigation'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { AppError, BadRequestError, PayloadTooLargeError, UnsupportedMediaTypeError } from './errors'
import { findUnstorable } from './postgres-text'

const DEFAULT_MAX_BYTES = 16_384

/** The error itself if it is one of ours; else, once logged, one that leaks nothing. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  logger.error('unexpected error in a route', { error })
  const message = 'Something went wrong on our side. Nothing was changed; please try again.'
  return new AppError('internal_error', 500, message)
}

/** The one JSON shape of errors here: `{ error: code, message, …details }`. */
export function errorBody(error: AppError): { error: string; message: string } & Record<string, unknown> {
  return { ...error.details, error: error.code, message: error.message }
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

/**
 * Reads a body as text, never holding more than `maxBytes` of it.
 * @throws PayloadTooLargeError as soon as the bound is passed, whatever `content-length` claims
 * @throws BadRequestError when the bytes are not UTF-8
 */
export async function readText(request: Request, maxBytes = DEFAULT_MAX_BYTES): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readBytes(request, maxBytes))
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new BadRequestError('The request body is not valid UTF-8.')
  }
}

async function readBytes(request: Request, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new PayloadTooLargeError(maxBytes)
  if (!request.body) return Buffer.alloc(0)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > maxBytes) throw new PayloadTooLargeError(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Reads a form of at most `maxBytes`, files included: a field that occurs once as its value, several times as a list.
 * @throws UnsupportedMediaTypeError, PayloadTooLargeError, or BadRequestError when it cannot be read as a form
 */
export async function readForm(request: Request, maxBytes: number): Promise<Record<string, unknown>> {
  const contentType = request.headers.get('content-type') ?? ''
  if (!contentType.toLowerCase().startsWith('multipart/form-data')) {
    throw new UnsupportedMediaTypeError('multipart/form-data')
  }
  const bytes = await readBytes(request, maxBytes)
  try {
    const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData()
    const names = [...new Set(form.keys())]
    return Object.fromEntries(
      names.map((name) => {
        const values = form.getAll(name)
        return [name, values.length === 1 ? values[0] : values]
      }),
    )
  } catch {
    throw new BadRequestError('The request body is not a valid form.')
  }
}

/**
 * Reads and validates a JSON body of at most `maxBytes` (16 KiB by default).
 * @throws UnsupportedMediaTypeError, PayloadTooLargeError, or BadRequestError with the fields that are wrong
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  { maxBytes = DEFAULT_MAX_BYTES }: { maxBytes?: number } = {},
): Promise<z.output<Schema>> {
  const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (contentType !== 'application/json') throw new UnsupportedMediaTypeError()
  const text = await readText(request, maxBytes)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new BadRequestError('The request body is not valid JSON.')
  }
  return parseInput(schema, value)
}

/** Validates the query of a request. @throws BadRequestError with the fields that are wrong */
export function parseQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  return parseInput(schema, Object.fromEntries(new URL(request.url).searchParams))
}

/** Validates any input. @throws BadRequestError whose `fields` name what is wrong, in words */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) {
    const path = findUnstorable(result.data)
    if (path === null) return result.data
    const message = 'This holds a character that no text can have.'
    throw new BadRequestError(`The request is not valid: ${message}`, { fields: [{ path, message }] })
  }
  const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  throw new BadRequestError(`The request is not valid: ${z.prettifyError(result.error)}`, { fields })
}
