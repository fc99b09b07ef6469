import type { ReservedSql } from 'postgres'
import { walletOwner } from './wallets.ts'

export const CLIENTS = 16
export const ROUNDS = 5
/** Rounds not counted: pages touched for the first time after a checkpoint are logged whole, which fades. */
export const WARM_UP_ROUNDS = 1
export const ROUND_MS = 3_000

/** One unit of work over one connection, on the wallet of a user; `any` gives further ones. Gives how much was done. */
export type Work = (sql: ReservedSql, userId: string, any: () => string) => Promise<number>

/** A table of nothing but balances: the limit of whatever charges. */
export const BARE_TABLE = `
  create table bench_bare (user_id uuid primary key, balance bigint not null, seq bigint not null default 0);
  insert into bench_bare (user_id, balance) select user_id, balance from credits;`

export const bareUpdate: Work = async (sql, userId) => {
  const rows =
    await sql`update bench_bare set balance = balance - 1 where user_id = ${userId} and balance >= 1
    returning balance`
  return rows.length
}

/** Lets every connection work on random wallets, of as many as are named, for one round. */
export async function runRound(
  work: Work,
  wallets: number,
  connections: readonly ReservedSql[],
): Promise<{ done: number; rate: number }> {
  let done = 0
  const any = () => walletOwner(1 + Math.floor(Math.random() * wallets))
  const startedAt = performance.now()
  const until = startedAt + ROUND_MS
  await Promise.all(
    connections.map(async (sql) => {
      while (performance.now() < until) {
        const added = await work(sql, any(), any)
        done += added
      }
    }),
  )
  return { done, rate: (1000 * done) / (performance.now() - startedAt) }
}
