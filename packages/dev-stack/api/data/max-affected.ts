import type { IntrospectResult } from '@supabase/lite'

/** A function that is called, as the Data API knows it within its transaction. */
type Call = { path: string; requestHeaders?: Record<string, string> | undefined }

/** How many rows a call may give, by `Prefer: handling=strict, max-affected=`; undefined when it does not say. */
function maxAffected({ requestHeaders }: Call): number | undefined {
  const preferences = (requestHeaders?.prefer ?? '').split(',').map((preference) => preference.trim())
  const wanted = preferences.find((preference) => preference.startsWith('max-affected='))?.split('=')[1]
  return wanted && preferences.includes('handling=strict') ? Number(wanted) : undefined
}

/** @throws the refusal of PostgREST when a call that says `max-affected` gives no set of rows */
export function assertSetReturning(call: Call, schema: IntrospectResult): void {
  if (maxAffected(call) === undefined) return
  const name = decodeURIComponent(call.path.slice('/rpc/'.length))
  const called = (schema.functions ?? []).filter((fn) => fn.name === name)
  if (called.length === 0 || called.some((fn) => fn.return_is_setof)) return
  throw refusal(
    'PGRST128',
    'Function must return SETOF or TABLE when max-affected preference is used with handling=strict',
    null,
  )
}

/** @throws the refusal of PostgREST, which takes everything back, when a call gave more rows than it may */
export function assertMaxAffected(call: Call, response: unknown): void {
  const max = maxAffected(call)
  if (max === undefined || !(response instanceof Response) || !response.ok) return
  const [, first, last] = /^(\d+)-(\d+)\//.exec(response.headers.get('content-range') ?? '') ?? []
  const rows = first === undefined ? 0 : Number(last) - Number(first) + 1
  if (rows <= max) return
  const message = 'Query result exceeds max-affected preference constraint'
  throw refusal('PGRST124', message, `The query affects ${rows} rows`)
}

/** An error in the form that SQL uses to word a whole answer. */
function refusal(code: string, message: string, details: string | null): Error {
  return Object.assign(new Error(JSON.stringify({ code, message, details, hint: null })), {
    severity: 'ERROR',
    code: 'PGRST',
    detail: JSON.stringify({ status: 400, headers: {} }),
  })
}
