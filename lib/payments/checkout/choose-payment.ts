type Candidate = { provider_payment_id: string | null; status: string }

const UNDECIDED = new Set(['pending', 'processing'])

/**
 * Of a user's own payments, newest first, the one a return from the checkout is about: that of the provider's id.
 * Until the database has heard of that id it is the newest one still undecided, for a checkout that is paid but not
 * yet reported. Without an id it is simply the newest.
 */
export function choosePayment<Payment extends Candidate>(
  payments: readonly Payment[],
  providerPaymentId: string | null,
): Payment | null {
  if (providerPaymentId === null) return payments[0] ?? null
  const named = payments.find((payment) => payment.provider_payment_id === providerPaymentId)
  return named ?? payments.find((payment) => UNDECIDED.has(payment.status)) ?? null
}
