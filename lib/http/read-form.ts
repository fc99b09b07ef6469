import 'server-only'
import { finished } from 'node:stream/promises'
import busboy from 'busboy'
import { BadRequestError, UnsupportedMediaTypeError } from './errors'
import { readChunks } from './read-body'

const MAX_PARTS = 100
const MAX_NAME_BYTES = 1_024
const MAX_VALUE_BYTES = 131_072
const MALFORMED = 'The request body is not a valid form.'

// The parser reports a value or a number of parts as too large once it reaches the limit, so both get one more.
const limits = { fields: MAX_PARTS, files: MAX_PARTS, parts: MAX_PARTS + 1, fieldSize: MAX_VALUE_BYTES + 1 }

type Part =
  | { name: string; value: string }
  | { name: string; chunks: Uint8Array<ArrayBuffer>[]; fileName: string; type: string }

/**
 * Reads a form of at most `maxBytes` and 100 parts, files included, and stops reading at the first excess: a field that
 * occurs once as its value, several times as a list.
 * @throws UnsupportedMediaTypeError, PayloadTooLargeError, or BadRequestError when it cannot be read as a form
 */
export async function readForm(request: Request, maxBytes: number): Promise<Record<string, unknown>> {
  const contentType = request.headers.get('content-type') ?? ''
  if (!contentType.toLowerCase().startsWith('multipart/form-data')) {
    throw new UnsupportedMediaTypeError('multipart/form-data')
  }
  const fields = new Map<string, (string | File)[]>()
  for (const part of await readParts(request, contentType, maxBytes)) {
    const value = 'value' in part ? part.value : new File(part.chunks, part.fileName, { type: part.type })
    const values = fields.get(part.name)
    if (values) values.push(value)
    else fields.set(part.name, [value])
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
}

async function readParts(request: Request, contentType: string, maxBytes: number): Promise<Part[]> {
  const parser = createParser(contentType)
  const parts: Part[] = []
  let refusal: BadRequestError | undefined
  const refuse = (message = MALFORMED) => {
    refusal ??= new BadRequestError(message)
  }
  const keep = (part: Part) => {
    const names = [part.name, 'fileName' in part ? part.fileName : '']
    if (names.some((name) => Buffer.byteLength(name) > MAX_NAME_BYTES))
      refuse('A name in the form is too long.')
    if (!refusal) parts.push(part)
  }
  const refuseCount = () => refuse(`A form takes at most ${MAX_PARTS} fields and files.`)

  parser.on('partsLimit', refuseCount).on('fieldsLimit', refuseCount).on('filesLimit', refuseCount)
  parser.on('error', () => refuse())
  parser.on('field', (name: string | undefined, value, { valueTruncated }) => {
    if (name === undefined) return refuse()
    if (valueTruncated) return refuse('A value in the form is too long.')
    keep({ name: decodeName(name), value })
  })
  parser.on('file', (name: string | undefined, file, info: { filename?: string; mimeType: string }) => {
    const chunks: Uint8Array<ArrayBuffer>[] = []
    file.on('data', (chunk: Buffer<ArrayBuffer>) => refusal ?? chunks.push(chunk)).on('error', () => refuse())
    if (name === undefined) return refuse()
    keep({ name: decodeName(name), chunks, fileName: decodeName(info.filename ?? ''), type: info.mimeType })
  })

  try {
    for await (const chunk of readChunks(request, maxBytes)) {
      await new Promise((resolve) => parser.write(chunk, resolve))
      if (refusal) throw refusal
    }
    await finished(parser.end()).catch(() => refuse())
    if (refusal) throw refusal
    return parts
  } finally {
    parser.destroy()
  }
}

function createParser(contentType: string) {
  try {
    return busboy({
      headers: { 'content-type': contentType },
      defParamCharset: 'utf8',
      preservePath: true,
      limits,
    })
  } catch {
    throw new BadRequestError(MALFORMED)
  }
}

/** Undoes how browsers write quotes and line breaks in names. */
function decodeName(name: string): string {
  return name.replace(/%0A/gi, '\n').replace(/%0D/gi, '\r').replaceAll('%22', '"')
}
