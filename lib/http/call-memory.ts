import { ApiCallError } from './api-client'

/**
 * Remembers the idempotency key of a call that nobody answered: the same request sent again carries the same key, so it
 * happens once; another request gets a key of its own.
 */
export function createCallMemory() {
  let unanswered: { signature: string; key: string } | null = null

  return {
    /** The key for a request, and whether it was sent before without an answer. */
    keyFor(request: object): { key: string; repeated: boolean } {
      const signature = signatureOf(request)
      const repeated = unanswered?.signature === signature
      const key = repeated && unanswered ? unanswered.key : randomKey()
      unanswered = { signature, key }
      return { key, repeated }
    },
    /** To be called with how the call ended: its error, or nothing. */
    ended(error?: unknown): void {
      if (!isUnanswered(error)) unanswered = null
    },
  }
}

/** Not `crypto.randomUUID()`, which browsers have on https and localhost alone: an app in a LAN has neither. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}

/** No answer, a stranger's answer in place of ours (a proxy's), or ours that the outcome is not known. */
const UNANSWERED = new Set([
  'network_error',
  'unexpected_answer',
  'internal_error',
  'still_running',
  'refund_unanswered',
  'refund_not_applied',
])

/** Whether the call may have been heard, so that asking again with the same key gets its answer. */
export function isUnanswered(error: unknown): boolean {
  return error instanceof ApiCallError && UNANSWERED.has(error.code)
}

/** Tells two requests apart; files by what is known of them without reading them. */
function signatureOf(request: object): string {
  if (!(request instanceof FormData)) return JSON.stringify(request)
  const fields = [...request].map(([name, value]) => [
    name,
    value instanceof File ? [value.name, value.size, value.lastModified] : value,
  ])
  return JSON.stringify(fields)
}
