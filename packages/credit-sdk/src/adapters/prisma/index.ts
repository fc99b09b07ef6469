export type { BalanceMapping, FixedColumns, SqlMapping, UserMapping } from '../sql/mapping.ts'
export type { PrismaClientLike } from './client.ts'
export { PrismaAdapter, type PrismaAdapterOptions } from './prisma-adapter.ts'
export type { UserIdType } from './user-id.ts'
