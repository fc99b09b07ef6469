import 'server-only'
import { z } from 'zod'
import type { Json } from '@/lib/supabase/database.types'
import { callDatabase } from './call-database'
import type { PaymentChange } from './payment-change'

const stored = z.object({
  ok: z.literal(true),
  status: z.enum(['received', 'processed', 'ignored', 'failed']),
})
const applied = z.object({ ok: z.literal(true), replayed: z.boolean(), status: z.string().nullish() })
const finished = z.object({ ok: z.literal(true) })

/** Keeps a verified delivery, and tells what became of it when it came before. */
export async function storeEvent(id: string, type: string, payload: Json) {
  const { status } = await callDatabase(
    'store_webhook_event',
    { p_id: id, p_type: type, p_payload: payload },
    stored,
  )
  return status
}

/** Applies a stored delivery about a payment, once. @throws PaymentRefusedError */
export async function applyPayment(eventId: string, change: PaymentChange) {
  return callDatabase(
    'apply_payment',
    {
      p_event_id: eventId,
      p_provider_payment_id: change.providerPaymentId,
      p_checkout_session_id: change.checkoutSessionId ?? '',
      p_status: change.status,
      p_product_id: change.productId ?? undefined,
      p_quantity: change.quantity,
      p_charged_amount: change.chargedAmount,
      p_charged_currency: change.chargedCurrency,
      p_failure_reason: change.failureReason ?? undefined,
    },
    applied,
  )
}

/** Notes that a delivery moved nothing: there was nothing to do, or it failed with `error`. */
export async function finishEvent(id: string, status: 'ignored' | 'failed', error?: string): Promise<void> {
  await callDatabase('finish_webhook_event', { p_id: id, p_status: status, p_error: error }, finished)
}
