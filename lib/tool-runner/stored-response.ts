import 'server-only'
import { z } from 'zod'
import type { Reservation } from '@/lib/credits'
import { ConflictError } from '@/lib/http/errors'
import type { Json } from '@/lib/supabase/database.types'

/** The largest answer that is kept for a repeated request, in characters of JSON. */
const MAX_KEPT_LENGTH = 256_000

/** As JSON writes them: a zero character, and half of a surrogate pair. Postgres takes neither. */
const NOT_KEEPABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

const keptAnswer = z.object({ status: z.int(), body: z.json() })

/** What a hold keeps of an answer: all of it, or nothing when it is too large or the database cannot hold it. */
export function toKeptAnswer(status: number, body: unknown): Json {
  const text = JSON.stringify({ status, body })
  if (text.length > MAX_KEPT_LENGTH || NOT_KEEPABLE.test(text)) return null
  return keptAnswer.parse(JSON.parse(text))
}

/** The first answer again. @throws ConflictError `answer_not_kept` */
export function readKeptAnswer({ status, result }: Reservation): Response {
  const kept = keptAnswer.safeParse(result)
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
