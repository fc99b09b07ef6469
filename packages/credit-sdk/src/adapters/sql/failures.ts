import type { StorageFailure } from '../../storage/adapter.ts'

/** Deadlocks, serialization failures, lock timeouts, and servers that never took the connection. */
const ROLLED_BACK: readonly (string | number)[] = [
  ...['40001', '40P01', '55P03', '57P03', '53300'],
  ...['ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT', 'ER_CHECKREAD', 1213, 1205, 1020],
  ...['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_LOCKED'],
  ...['P2034', 'ECONNREFUSED'],
]

const CONNECTION_LOST: readonly (string | number)[] = [
  ...['57P01', '57P02', '08000', '08003', '08006', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  ...['PROTOCOL_CONNECTION_LOST', 'P1017', 'P2028'],
]

const CONNECTION_ENDED = /connection (terminated|ended|closed|lost)|closed state/i

/** What an error of a driver says about its transaction; undefined when it says nothing. */
export function classifyFailure(error: unknown): StorageFailure | undefined {
  for (const code of codesOf(error)) {
    if (ROLLED_BACK.includes(code)) return 'rolled-back'
    if (CONNECTION_LOST.includes(code)) return 'connection-lost'
  }
  return error instanceof Error && CONNECTION_ENDED.test(error.message) ? 'connection-lost' : undefined
}

/** Whether a row with this key is there already: MySQL, SQL Server. */
export function isDuplicate(error: unknown): boolean {
  return codesOf(error).some((code) => [1062, 'ER_DUP_ENTRY', 2627, 2601, 'P2002'].includes(code))
}

/** The codes of an error and of what caused it. */
function codesOf(error: unknown): (string | number)[] {
  if (typeof error !== 'object' || error === null) return []
  const codes = ['code', 'errno', 'number', 'originalCode'].map((name): unknown => Reflect.get(error, name))
  const own = codes.filter((code) => typeof code === 'string' || typeof code === 'number')
  return [...own, ...codesOf(Reflect.get(error, 'cause'))]
}
