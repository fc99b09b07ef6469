import { z } from 'zod'

const answer = z.looseObject({ message: z.string().default('') })

/** Posts to a route of the admin area. Never throws: `message` says what came of it, in a sentence. */
export async function postJson(
  path: string,
  body: object,
): Promise<{ ok: boolean; message: string; body: Record<string, unknown> }> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const read = answer.parse(await response.json())
    return { ok: response.ok, message: read.message, body: read }
  } catch {
    const message = 'The server did not answer. Reload the page to see whether it was done.'
    return { ok: false, message, body: {} }
  }
}
