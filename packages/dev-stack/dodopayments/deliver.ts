import type { DeliveryAttempt } from './types.ts'

type Message = {
  url: string
  body: string
  /** The headers that say who sent it: each attempt carries a timestamp and a signature of its own. */
  sign(at: Date): Record<string, string>
  timeout: number
  signal: AbortSignal
}

/**
 * Posts one signed webhook and says how it went; any 2xx acknowledges it.
 * Null when `signal` aborts: that attempt never happened.
 */
export async function deliver({
  url,
  body,
  sign,
  timeout,
  signal,
}: Message): Promise<DeliveryAttempt | null> {
  const at = new Date()
  const record = (status: number | null, error: string | null): DeliveryAttempt => ({
    at: at.toISOString(),
    status,
    error,
    milliseconds: Date.now() - at.getTime(),
  })
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: { 'content-type': 'application/json', ...sign(at) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
    })
    const text = await response.text()
    return record(response.status, response.ok ? null : text.slice(0, 500) || response.statusText)
  } catch (error) {
    return signal.aborted ? null : record(null, reason(error))
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'No answer in time.'
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
