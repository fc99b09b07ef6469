import 'server-only'
import type { PaymentProvider } from '../provider'
import { createCheckout, createCustomer, createPortalUrl, updateCustomer } from './checkout'
import { createDodoClient } from './client'
import {
  findPayment,
  findPaymentOfCheckout,
  findRefund,
  findSubscription,
  listPayments,
  listRefunds,
  listSubscriptions,
} from './read'
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

export const dodoPayments: PaymentProvider = {
  id: 'dodopayments',
  name: 'DodoPayments',
  isMerchantOfRecord: true,
  createCustomer,
  updateCustomer,
  createCheckout,
  syncProduct: (request) => syncProduct(createDodoClient(), request),
  verifyWebhook,
  translateEvent,
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
