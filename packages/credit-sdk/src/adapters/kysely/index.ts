export type { BalanceMapping, SqlMapping, UserMapping } from '../sql/mapping.ts'
export type { DialectName } from './dialect.ts'
export { KyselyAdapter, type KyselyAdapterOptions } from './kysely-adapter.ts'
export { prepareCharges } from './prepare-charges.ts'
