import 'server-only'
import { z } from 'zod'
import { logger } from '@/lib/logger'
import { providerOf } from '@/lib/payments'
import {
  ProviderRefusedError,
  RefundNotAppliedError,
  RefundRefusedError,
  RefundUnansweredError,
} from '@/lib/payments/errors'
import type { RefundUpdate } from '@/lib/payments/events/payment-event'
import { recordEvent } from '@/lib/payments/events/store-event'
import type { PaymentProvider, RefundRequest } from '@/lib/payments/provider'
import { callFunction } from '@/lib/supabase/call-function'

const noted = z.object({ changed: z.boolean() })

/**
 * Asks the provider once for a refund that the database has as requested, applies its answer and gives the status.
 * @throws RefundRefusedError when nothing was given back, RefundUnansweredError or RefundNotAppliedError when it may
 * have been
 */
export async function sendRefund(
  providerId: string,
  request: RefundRequest,
): Promise<RefundUpdate['status']> {
  const { requestId, paymentId } = request
  const provider = providerOf(providerId)
  const event = await provider.refund(request).catch((error) => fail(requestId, error))
  await apply(provider, event)
  logger.info('payment refunded', { requestId, paymentId, amount: event.amount, status: event.status })
  return event.status
}

async function fail(requestId: string, error: unknown): Promise<never> {
  if (error instanceof ProviderRefusedError) return failRefund(requestId, error.message)
  // The request stays as it is: nobody can say yet what became of it.
  logger.error('a refund was asked for and not answered', { requestId, error })
  throw new RefundUnansweredError(error)
}

/** Records that a requested refund was refused. @throws RefundRefusedError always */
export async function failRefund(requestId: string, reason: string): Promise<never> {
  logger.warn('a refund was refused', { requestId, reason })
  await callFunction('fail_payment_refund', { p_refund_id: requestId, p_error: reason }, noted)
  throw new RefundRefusedError(reason)
}

async function apply(provider: PaymentProvider, event: RefundUpdate): Promise<void> {
  try {
    await recordEvent(provider, 'api', event)
  } catch (error) {
    logger.error('a refund was made and could not be applied', { refund: event.refund_id, error })
    throw new RefundNotAppliedError(error)
  }
}
