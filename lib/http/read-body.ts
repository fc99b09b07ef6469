import 'server-only'
import type { z } from 'zod'
import { assertBounded } from './bounds'
import { AppError, BadRequestError, PayloadTooLargeError, UnsupportedMediaTypeError } from './errors'
import { parseInput } from './parse-input'

const DEFAULT_MAX_BYTES = 16_384

/**
 * Reads a body as text, never holding more than `maxBytes` of it.
 * @throws PayloadTooLargeError as soon as the bound is passed, whatever `content-length` claims
 * @throws BadRequestError when the bytes are not UTF-8
 */
export async function readText(request: Request, maxBytes = DEFAULT_MAX_BYTES): Promise<string> {
  try {
    const chunks = await Array.fromAsync(readChunks(request, maxBytes))
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new BadRequestError('The request body is not valid UTF-8.')
  }
}

/**
 * The chunks of a body, of `maxBytes` at most. A reader that stops early cancels the body.
 * @throws PayloadTooLargeError as soon as the bound is passed, whatever `content-length` claims
 */
export async function* readChunks(request: Request, maxBytes: number): AsyncGenerator<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new PayloadTooLargeError(maxBytes)
  if (!request.body) return
  let size = 0
  const reader = request.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(throwDropped)
      if (done) return
      size += value.byteLength
      if (size > maxBytes) throw new PayloadTooLargeError(maxBytes)
      yield value
    }
  } finally {
    // What is not read to its end need not be sent either.
    await reader.cancel().catch(() => undefined)
  }
}

/** A client that leaves while it sends is no error of ours. */
function throwDropped(cause: unknown): never {
  const dropped = new AppError('client_closed_request', 499, 'The request was not sent to its end.')
  throw Object.assign(dropped, { cause })
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
  assertBounded(value)
  return parseInput(schema, value)
}
