import { setTimeout as delay } from 'node:timers/promises'
import postgres, { type Sql } from 'postgres'
import type { Cluster } from '../../../supabase/tests/cluster.ts'
import { ask, prepare } from './perform.ts'
import type { Operation } from './plan.ts'
import { count, type EngineResult, type World } from './world.ts'

export const APPLICATION = 'chaos-client'

const RETRY_MS = 20
const GIVE_UP_MS = 30_000

/** What happens to a connection whose server, or whose own process there, was killed. */
const LOST = new Set([
  ...['57P01', '57P02', '57P03', '08000', '08003', '08006'],
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE'],
])

/** A client with the server's rights and one real connection: does its operations in turn, as a careful caller would. */
export async function runClient(
  cluster: Cluster,
  operations: readonly Operation[],
  world: World,
): Promise<void> {
  let sql = connect(cluster)
  const reconnect = async () => {
    await sql.end({ timeout: 0 })
    await cluster.whenUp()
    sql = connect(cluster)
  }
  try {
    for (const operation of operations) {
      const answer = await insist(operation, world, () => sql, reconnect)
      if (answer) note(operation, answer, world)
    }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function connect(cluster: Cluster): Sql {
  const connection = { role: 'service_role', application_name: APPLICATION }
  return postgres(cluster.urls().ownerUrl, {
    max: 1,
    onnotice: () => {},
    fetch_types: false,
    connect_timeout: 5,
    connection,
  })
}

/**
 * Whoever loses the connection does not know what became of the request, and sends the same once more. So does whoever
 * met another wallet's request with the same key in the index: that one has won, and the engine must say so now.
 */
async function insist(
  operation: Operation,
  world: World,
  sql: () => Sql,
  reconnect: () => Promise<void>,
): Promise<EngineResult | undefined> {
  const calls = prepare(operation, world)
  const deadline = Date.now() + GIVE_UP_MS
  let beaten: unknown
  for (;;) {
    try {
      let answer: EngineResult | undefined
      for (const call of calls) answer = await ask(sql(), call)
      if (beaten && answer?.code !== 'idempotency_conflict') complain(operation, beaten, world)
      return answer
    } catch (error) {
      if (!beaten && isKeyTaken(error)) {
        beaten = error
        continue
      }
      if (!isLost(error)) {
        complain(operation, error, world)
        return undefined
      }
      count(world, 'connection lost')
      await reconnect()
      if (!isRepeatable(operation) || Date.now() > deadline) return undefined
      await delay(RETRY_MS)
    }
  }
}

function isLost(error: unknown): boolean {
  return error instanceof Error && 'code' in error && LOST.has(String(error.code))
}

function isKeyTaken(error: unknown): boolean {
  return (
    error instanceof postgres.PostgresError &&
    error.constraint_name === 'credit_transactions_key_is_used_once'
  )
}

/** Without a key a request sent twice is two requests; the others know themselves what they were about. */
function isRepeatable({ key, kind }: Operation): boolean {
  return key !== null || !['add', 'deduct', 'many', 'adjust', 'reserve'].includes(kind)
}

/** The engine refuses in its answers: whatever it throws is a fault. */
function complain(operation: Operation, error: unknown, world: World): void {
  const details = error instanceof Error ? { ...error, message: error.message } : { error }
  world.complaints.push({ rule: 'nothing_is_thrown', details: { operation, ...details } })
}

function note(operation: Operation, answer: EngineResult, world: World): void {
  if (operation.kind === 'many') {
    for (const [index, entry] of operation.entries.entries()) {
      const one = answer.results?.[index]
      if (one) note(entry, one, world)
      else world.complaints.push({ rule: 'each entry has an answer', details: { operation, answer } })
    }
  }
  count(world, `${operation.kind}: ${answer.ok ? (answer.replayed ? 'replayed' : 'done') : answer.code}`)
  world.answers.push({ operation, answer })
  const id = answer.transaction_id
  if (id === undefined || answer.replayed) return
  if (operation.kind === 'reserve') world.holds.push(id)
  if (operation.kind === 'reserve' || operation.kind === 'deduct') world.charges.push(id)
}
