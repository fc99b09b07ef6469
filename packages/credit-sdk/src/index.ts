export { MockAdapter, type MockTransaction, type MockUser } from './adapters/memory/mock-adapter.ts'
export type { Cost, CreditsConfig, IdempotencyConfig, RetryConfig } from './config/types.ts'
export type { ArchiveResult } from './engine/archive.ts'
export { CreditsEngine, type CreditsEngineOptions } from './engine/credits-engine.ts'
export type { ObserveOptions, Operation, OperationObserver, SlowOperation } from './engine/observe.ts'
export type {
  ChargeParams,
  ChargeResult,
  CreditResult,
  DowngradeTierParams,
  GrantParams,
  HistoryOptions,
  RefundParams,
  TierChangeResult,
  UpgradeTierParams,
} from './engine/types.ts'
export * from './errors.ts'
export { ConsoleLogger, type ILogAdapter, type LogLevel } from './logging/log-adapter.ts'
export type {
  AuditLog,
  AuditStatus,
  IdempotencyRecord,
  Metadata,
  OperationKind,
  StoredResult,
  Transaction,
  User,
} from './records.ts'
export type {
  CreditsUpdate,
  IStorageAdapter,
  NewAuditLog,
  NewTransaction,
  StorageFailure,
  TransactionFilter,
} from './storage/adapter.ts'
export type { LedgerArchive, MovedRows } from './storage/archive.ts'
export type {
  ChargeCommand,
  ChargeOutcome,
  CreditCommand,
  CreditOutcome,
  KeyClaim,
  Price,
  PriceTable,
  Refusal,
  TierChangeCommand,
  TierChangeOutcome,
} from './storage/commands.ts'
