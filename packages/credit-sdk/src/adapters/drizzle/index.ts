export type { BalanceMapping, FixedColumns, SqlMapping, UserMapping } from '../sql/mapping.ts'
export type { DrizzleConnection } from './connection.ts'
export { creditMapping } from './credit-mapping.ts'
export { DrizzleAdapter, type DrizzleAdapterOptions, type DrizzleDatabase } from './drizzle-adapter.ts'
