export { createCheckout } from './checkout'
export { receiveWebhook } from './webhook'
