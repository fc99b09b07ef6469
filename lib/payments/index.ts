export { createCheckout } from './checkout'
export { fetchInvoice } from './invoice'
export { openPortal } from './portal'
export { receiveWebhook } from './webhook'
