export type { DialectName } from '../sql/dialect.ts'
export type { BalanceMapping, FixedColumns, SqlMapping, UserMapping } from '../sql/mapping.ts'
export { prepareCharges } from '../sql/prepare-charges.ts'
export { KyselyAdapter, type KyselyAdapterOptions } from './kysely-adapter.ts'
