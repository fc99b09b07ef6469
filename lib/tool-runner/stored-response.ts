import 'server-only'
import { z } from 'zod'
import type { Reservation } from '@/lib/credits'
import { ConflictError } from '@/lib/http/errors'
import type { Json } from '@/lib/supabase/database.types'
import { toStorable } from './storable'

/** The largest answer that is kept for a repeated request, in characters of JSON. */
export const MAX_STORED_LENGTH = 256_000

const storedResponse = z.object({ status: z.int(), body: z.json() })

/** What a hold keeps of an answer: all of it, or nothing when it is too large or the database cannot hold it. */
export function toStoredResponse(status: number, body: unknown): Json {
  return toStorable({ status, body }, MAX_STORED_LENGTH)
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
