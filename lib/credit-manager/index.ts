import { creditManager } from './credit-manager'

export { CreditBalanceProvider } from './credit-balance-provider'
export { CreditManager, creditManager } from './credit-manager'
export { CreditTypesProvider, useCreditType, useCreditTypes, usePageWallet } from './credit-types-provider'
export { makeApiCallWithCreditUpdate } from './make-api-call'
export { IDLE_TOOL, type RunState, runStore, type ToolReceipt } from './run-store'
export type { BalanceRow, BalanceUpdate, CreditEvents, LiveStatus } from './types'
export { useCreditManager } from './use-credit-manager'

/** Compares what this tab shows with the database, corrects it, and gives the true balance of a wallet in whole credits. */
export function verifyCreditBalance(userId: string, creditType?: string): Promise<number> {
  return creditManager.refresh(userId, creditType)
}
