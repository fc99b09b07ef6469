import { createHash, type Hash } from 'node:crypto'
import { assertBounded } from '@/lib/http/bounds'

/**
 * Stands for a request: the same tool with the same input, whatever the order of its fields, files included.
 * @throws {BadRequestError} for an input of too many values or levels
 */
export async function hashRequest(toolId: string, input: unknown): Promise<string> {
  assertBounded(input)
  const hash = createHash('sha256').update(toolId)
  await addToHash(hash, input)
  return hash.digest('hex')
}

async function addToHash(hash: Hash, value: unknown): Promise<void> {
  if (value instanceof Blob) {
    hash.update(`file:${value.size}:`).update(new Uint8Array(await value.arrayBuffer()))
  } else if (isNested(value)) {
    // Each level is closed, or {a: {b, c}} would be the same as {a: {b}, c}.
    hash.update('{')
    for (const [name, part] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(`${JSON.stringify(name)}:`)
      await addToHash(hash, part)
    }
    hash.update('}')
  } else {
    hash.update(`${typeof value}:${typeof value === 'bigint' ? value : JSON.stringify(value)},`)
  }
}

function isNested(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype)
  )
}
