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

const CONNECTION_ENDED = /connection (terminated|ended|closed|lost)|closed state|not queryable/i

/** What an error of a driver says about its transaction; undefined when it says nothing. */
export function classifyFailure(error: unknown): StorageFailure | undefined {
  for (const code of codesOf(error)) {
    if (ROLLED_BACK.includes(code)) return 'rolled-back'
    if (CONNECTION_LOST.includes(code)) return 'connection-lost'
  }
  return messagesOf(error).some((message) => CONNECTION_ENDED.test(message)) ? 'connection-lost' : undefined
}

/** Whether a row with this key is there already: MySQL, SQL Server. */
export function isDuplicate(error: unknown): boolean {
  return codesOf(error).some((code) => [1062, 'ER_DUP_ENTRY', 2627, 2601, 'P2002'].includes(code))
}

/** The codes of an error and of what caused it. */
function codesOf(error: unknown): (string | number)[] {
  return causesOf(error).flatMap((cause) =>
    ['code', 'errno', 'number', 'originalCode']
      .map((name): unknown => Reflect.get(cause, name))
      .filter((code) => typeof code === 'string' || typeof code === 'number'),
  )
}

function messagesOf(error: unknown): string[] {
  return causesOf(error).flatMap((cause) => (cause instanceof Error ? [cause.message] : []))
}

/** The error, and what is behind it: Prisma keeps the error of its driver in `meta`. */
function causesOf(error: unknown): object[] {
  if (typeof error !== 'object' || error === null) return []
  const behind = [
    Reflect.get(error, 'cause'),
    Reflect.get(Object(Reflect.get(error, 'meta')), 'driverAdapterError'),
  ]
  return [error, ...behind.flatMap(causesOf)]
}
