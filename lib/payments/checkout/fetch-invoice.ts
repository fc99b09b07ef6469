import 'server-only'
import { NotFoundError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'
import { providerOf } from '@/lib/payments'
import { PaymentProviderError } from '@/lib/payments/errors'
import { createClient } from '@/lib/supabase/server'

/**
 * The invoice of a payment the caller may read (their own; for admins every one), as a PDF that is still coming in.
 * @throws NotFoundError, PaymentProviderError
 */
export async function fetchInvoice(paymentId: string): Promise<{ name: string; pdf: Response['body'] }> {
  const supabase = await createClient()
  const { data: payment, error } = await supabase
    .from('payments')
    .select('provider, provider_payment_id, status, charged_amount, charged_at')
    .eq('id', paymentId)
    .maybeSingle()
  if (error) throw new Error(`The payment could not be read: ${error.message}`, { cause: error })
  if (payment?.status !== 'succeeded' || !payment.charged_amount || !payment.provider_payment_id) {
    throw new NotFoundError('There is no invoice of this payment.', 'invoice_not_found')
  }
  const day = payment.charged_at?.slice(0, 10) ?? ''
  try {
    const { body } = await providerOf(payment.provider).fetchInvoice(payment.provider_payment_id)
    return { name: `invoice-${day}-${paymentId.slice(0, 8)}.pdf`, pdf: body }
  } catch (cause) {
    logger.error('the invoice could not be fetched', { paymentId, error: cause })
    throw new PaymentProviderError(cause, 'The invoice could not be fetched. Please try again in a moment.')
  }
}
