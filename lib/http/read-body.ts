import 'server-only'
import type { z } from 'zod'
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
