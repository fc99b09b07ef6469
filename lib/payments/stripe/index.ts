import 'server-only'
import type { PaymentProvider } from '../provider'
import { createCheckout, createCustomer, createPortalUrl, updateCustomer } from './checkout'
import { createStripeClient } from './client'
import { findEvents } from './find-events'
import { findPayment, findPaymentOfCheckout, isOurPayment } from './payments'
import { findRefund, findSubscription, listPayments, listRefunds, listSubscriptions } from './read'
import { fetchInvoice, refund } from './refunds'
import {
  cancelNow,
  cancelScheduledChange,
  changePlan,
  previewPlanChange,
  setCancelAtPeriodEnd,
} from './subscriptions'
import { syncProduct } from './sync-product'
import { translateEvent } from './translate'
import { verifyWebhook } from './verify-webhook'

export const stripe: PaymentProvider = {
  id: 'stripe',
  name: 'Stripe',
  isMerchantOfRecord: false,
  createCustomer,
  updateCustomer,
  createCheckout,
  syncProduct: (request) => syncProduct(createStripeClient(), request),
  verifyWebhook,
  translateEvent,
  findEvents,
  isOurPayment,
  refund,
  findPaymentOfCheckout,
  findPayment,
  findSubscription,
  findRefund,
  listPayments,
  listRefunds,
  listSubscriptions,
  previewPlanChange,
  changePlan,
  cancelScheduledChange,
  setCancelAtPeriodEnd,
  cancelNow,
  createPortalUrl,
  fetchInvoice,
}
