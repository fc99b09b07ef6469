import postgres from 'postgres'
import { stackEnv } from './environment.ts'

/** The stack's database as its owner, past every policy: for arranging, and for looking as an accountant would. */
export function connectDatabase() {
  return postgres(stackEnv('DATABASE_URL'), { max: 2, onnotice: () => {} })
}

export type Database = ReturnType<typeof connectDatabase>
