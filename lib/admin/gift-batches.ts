import 'server-only'
import { z } from 'zod'
import { GENERAL } from '@/lib/credit-type'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { callFunction, readFunction } from '@/lib/supabase/call-function'
import { timestamp } from '@/lib/timestamp'
import { MAX_GIFT_ROWS } from './gift-lines'
import { type GiftBatch, type GiftPreview, giftPreview, giftState } from './gift-state'
import { reason } from './reason'
import { parseUserFilter, toUserCriteria } from './user-filter'

const amount = z.int().positive().max(Number.MAX_SAFE_INTEGER)

export const giftBatch = z
  .strictObject({
    /** Made by who prepares it. */
    id: z.uuid(),
    reason,
    creditType: z.string().min(1).max(40).optional(),
    expiresAt: timestamp.optional(),
    /** The query of the list of users: everybody it leaves gets `amount`. */
    filter: z.record(z.string().max(20), z.string().max(200)).optional(),
    amount: amount.optional(),
    /** Who gets how much, by address or id. */
    rows: z
      .array(z.strictObject({ user: z.string().trim().min(1).max(320), amount }))
      .min(1)
      .max(MAX_GIFT_ROWS)
      .optional(),
  })
  .refine(
    ({ filter, amount, rows }) => (rows === undefined) === (filter !== undefined && amount !== undefined),
    {
      error: 'Give either rows, or a filter with an amount.',
    },
  )

/** Writes down who is to get what. Nothing is given yet. @throws RefusedError `too_many_users`, `duplicate_user`, … */
export async function prepareGiftBatch(
  actorId: string,
  { id, reason, creditType, expiresAt, filter, amount, rows }: z.output<typeof giftBatch>,
): Promise<GiftPreview> {
  const [main] = await listCreditTypes()
  const args = {
    p_id: id,
    p_actor_id: actorId,
    p_reason: reason,
    p_credit_type: creditType ?? main?.id ?? GENERAL,
    p_expires_at: expiresAt,
    ...(filter && {
      p_filter: toUserCriteria(parseUserFilter(filter), main?.id ?? GENERAL),
      p_amount: amount,
    }),
    ...(rows && { p_rows: rows }),
  }
  return callFunction('prepare_gift_batch', args, giftPreview)
}

export const giftRun = z.strictObject({ id: z.uuid() })

/** Gives the next rows of a batch: to be called again while some wait. @throws RefusedError `batch_not_found` or `forbidden` */
export async function runGiftBatch(actorId: string, { id }: z.output<typeof giftRun>): Promise<GiftBatch> {
  return callFunction('run_gift_batch', { p_id: id, p_actor_id: actorId }, giftState)
}

/** The newest batches, for an admin: the caller checks that it is one. Throws when the database does not answer. */
export async function listGiftBatches(): Promise<GiftBatch[]> {
  return z.array(giftState).parse(await readFunction('list_gift_batches', {}))
}
