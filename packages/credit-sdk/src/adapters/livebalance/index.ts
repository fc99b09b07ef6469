export type { LivebalancePool, LivebalanceTransaction } from './connection.ts'
export type { GrantType } from './credit.ts'
export { LivebalanceRefusalError } from './function-result.ts'
export { LivebalanceAdapter, type LivebalanceAdapterOptions } from './livebalance-adapter.ts'
