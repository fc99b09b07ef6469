import './credit-types'

export { cacheService } from './cache-service'
export { createClient } from './create-client'
export { CreditService, creditService } from './credit-service'
export { logCreditTransaction } from './log-credit-transaction'
export { validateWebhook } from './validate-webhook' // #only payments
export { verifyAdminRole } from './verify-admin-role'
