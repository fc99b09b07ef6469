import 'server-only'
import { dodoPayments } from './dodopayments'
import type { PaymentProvider } from './provider'

/** The provider that is wired in. Another one is another adapter: see docs/payments.md. */
export const paymentProvider: PaymentProvider = dodoPayments
