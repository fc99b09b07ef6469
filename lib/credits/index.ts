export { CreditService, creditService } from './credit-service'
export { CreditError, InsufficientCreditsError } from './errors'
export { monitorCreditOperation } from './monitor'
export { COMPLEXITIES, type Complexity, calculateToolCost, type ToolType } from './pricing'
export type {
  AddOptions,
  AdjustOptions,
  BalanceCheck,
  CreditChange,
  CreditTransaction,
  DeductOptions,
  HistoryFilter,
  RefundOptions,
  WalletBalance,
} from './types'
