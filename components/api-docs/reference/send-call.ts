import type { CallDescription, CallInput } from '@/lib/openapi/reference/read-reference'

/** What came back; `body` is shortened where it is too long to read. */
export type CallResponse = { status: number; rate: string | null; ms: number; body: string }

/** The name of an input's field in the form. The body of the call is `body`. */
export const fieldName = ({ in: place, name }: CallInput) => `${place}.${name}`

const MAX_SHOWN = 20_000
const MAX_SHOWN_TEXT = 2_000

/**
 * Makes the call that was filled in, with the key alone: no cookie goes along.
 * @throws with a sentence when it cannot be sent, or nothing came back
 */
export async function sendCall(call: CallDescription, form: FormData, key: string): Promise<CallResponse> {
  const request = toRequest(call, form, key)
  const startedAt = performance.now()
  try {
    const response = await fetch(request)
    const text = await response.text()
    return {
      status: response.status,
      rate: response.headers.get('ratelimit'),
      ms: Math.round(performance.now() - startedAt),
      body: toShownBody(text),
    }
  } catch {
    throw new Error(
      'No response came. Check your connection; a call with an idempotency key may be sent again.',
    )
  }
}

function toRequest(call: CallDescription, form: FormData, key: string): Request {
  const given = call.inputs.flatMap((input) =>
    form
      .getAll(fieldName(input))
      .filter((value) => (typeof value === 'string' ? value !== '' : value.size > 0))
      .map((value) => ({ ...input, value })),
  )
  const at = (place: CallInput['in']) => given.filter((input) => input.in === place)
  const url = new URL(call.path, window.location.origin)
  for (const { name, value } of at('path')) {
    url.pathname = url.pathname.replace(encodeURI(`{${name}}`), encodeURIComponent(String(value)))
  }
  for (const { name, value } of at('query')) url.searchParams.append(name, String(value))
  try {
    const headers = new Headers({ accept: 'application/json', authorization: `Bearer ${key}` })
    for (const { name, value } of at('header')) headers.set(name, String(value))
    if (call.json !== null) headers.set('content-type', 'application/json')
    return new Request(url, {
      method: call.method,
      headers,
      body: toBody(call, form, at('form')),
      credentials: 'omit',
    })
  } catch {
    throw new Error('The key, or a header, has a character that no request can carry. Copy it again.')
  }
}

type Given = { name: string; value: FormDataEntryValue }

function toBody({ json }: CallDescription, form: FormData, fields: readonly Given[]): BodyInit | null {
  if (json !== null) return String(form.get('body'))
  if (fields.length === 0) return null
  const body = new FormData()
  for (const { name, value } of fields) body.append(name, value)
  return body
}

/** JSON in lines, with texts such as files cut short. */
function toShownBody(text: string): string {
  return cut(format(text), MAX_SHOWN)
}

function format(text: string): string {
  try {
    const shorten = (_: string, value: unknown) =>
      typeof value === 'string' ? cut(value, MAX_SHOWN_TEXT) : value
    return JSON.stringify(JSON.parse(text), shorten, 2)
  } catch {
    return text
  }
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text.slice(0, most / 10)}… (${text.length.toLocaleString('en-US')} characters)`
}
