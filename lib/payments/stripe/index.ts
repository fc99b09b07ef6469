import 'server-only'
import type { PaymentProvider } from '../provider'
import { createCheckout, createCustomer, createPortalUrl, updateCustomer } from './checkout'
import { plans } from './plans'
import {
  findPayment,
  findPaymentOfCheckout,
  findRefund,
  isOurPayment,
  listPayments,
  listRefunds,
} from './read'
import { fetchInvoice, refund } from './refunds'
import { translateEvent } from './translate'
import { verifyWebhook } from './verify-webhook'

export const stripe: PaymentProvider = {
  id: 'stripe',
  name: 'Stripe',
  isMerchantOfRecord: false,
  sellsPlans: false,
  createCustomer,
  updateCustomer,
  createCheckout,
  verifyWebhook,
  translateEvent,
  isOurPayment,
  refund,
  findPaymentOfCheckout,
  findPayment,
  findRefund,
  listPayments,
  listRefunds,
  createPortalUrl,
  fetchInvoice,
  ...plans,
}
