import type { StoredResult } from '../../records.ts'
import { toObject } from './values.ts'

/** The result under a key, from its JSON. One that the engine did not write matches no request. */
export function toStoredResult(value: unknown): StoredResult {
  const { request, result } = toObject(value)
  return typeof request === 'string'
    ? { request, result: toObject(result) }
    : { request: '', result: toObject(value) }
}
