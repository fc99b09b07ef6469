export { CreditBalanceProvider } from './credit-balance-provider'
export { CreditManager, creditManager } from './credit-manager'
export { CreditTypesProvider, useCreditType, useCreditTypes, usePageWallet } from './credit-types-provider'
export { makeApiCallWithCreditUpdate } from './make-api-call'
export { IDLE_TOOL, type RunState, runStore, type ToolReceipt } from './run-store'
export type { BalanceRow, BalanceUpdate, CreditEvents, LiveStatus } from './types'
export { useCreditManager } from './use-credit-manager'

export { verifyCreditBalance } from './verify-balance'
