import 'server-only'
import { z } from 'zod'
import type { Reservation } from '@/lib/credits'
import { ConflictError } from '@/lib/http/errors'
import type { Json } from '@/lib/supabase/database.types'

/** The largest answer that is kept for a repeated request, in characters of JSON. */
export const MAX_STORED_LENGTH = 256_000

/** As JSON writes them: a zero character, and half of a surrogate pair. Postgres takes neither. */
const NOT_STORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

const storedResponse = z.object({ status: z.int(), body: z.json() })

/** What a hold keeps of an answer: all of it, or nothing when it is too large or the database cannot hold it. */
export function toStoredResponse(status: number, body: unknown): Json {
  const text = JSON.stringify({ status, body })
  if (text.length > MAX_STORED_LENGTH || NOT_STORABLE.test(text)) return null
  return storedResponse.parse(JSON.parse(text))
}

/** The first answer again. @throws ConflictError `answer_not_kept` */
export function readStoredResponse({ status, response }: Reservation): Response {
  const kept = storedResponse.safeParse(response)
  if (kept.success) {
    return Response.json(kept.data.body, {
      status: kept.data.status,
      headers: { 'idempotent-replayed': 'true' },
    })
  }
  if (status === 'settled') {
    throw new ConflictError(
      'This request was answered already, and its answer is no longer kept.',
      'answer_not_kept',
    )
  }
  throw new ConflictError(
    'This run did not finish, and its credits were given back. Start a new one.',
    'run_lost',
  )
}
