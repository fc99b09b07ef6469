import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import type { Work } from './rounds.ts'
import { WALLETS } from './wallets.ts'

/** What pgledger consists of, in the order in which its own recipe applies it. */
const FILES = [
  'vendor/scoville-pgsql-ulid/ulid-to-uuid.sql',
  'vendor/scoville-pgsql-ulid/uuid-to-ulid.sql',
  'pgledger.sql',
]

/** A way to post transfers of 1. */
export type Transfers = { ofRandomUsers: Work; toOneAccount: Work; batchOf(size: number): Work }

/** Installs pgledger from a checkout of its repository, with a rich account for each wallet and one that all may pay to. */
export async function installPgledger(sql: Sql, checkout: string): Promise<Transfers> {
  for (const file of FILES) await sql.unsafe(await readFile(join(checkout, file), 'utf8'))
  const accounts = await sql<{ id: string }[]>`
    select (pgledger_create_account('wallet', 'CREDITS', allow_negative_balance => false)).id
    from generate_series(1, ${WALLETS})`
  await sql`update pgledger_accounts set balance = 1000000000`
  const [revenue] = await sql<{ id: string }[]>`select id from pgledger_create_account('revenue', 'CREDITS')`
  await sql`vacuum analyze`
  if (!revenue) throw new Error('pgledger made no account.')

  /** Users are numbered from 1 at the end of their ids. */
  const accountOf = (userId: string) => accounts[Number(userId.slice(-12)) - 1]?.id ?? ''
  return {
    async ofRandomUsers(connection, userId) {
      const from = accountOf(userId)
      const to = accounts[Math.floor(Math.random() * accounts.length)]?.id ?? ''
      if (from === to) return 0
      await connection`select * from pgledger_create_transfer(${from}, ${to}, 1)`
      return 1
    },
    async toOneAccount(connection, userId) {
      await connection`select * from pgledger_create_transfer(${accountOf(userId)}, ${revenue.id}, 1)`
      return 1
    },
    batchOf: (size) => async (connection, _, any) => {
      const requests = Array.from({ length: size }, () => `"(${accountOf(any())},${revenue.id},1)"`)
      await connection`select * from pgledger_create_transfers(
        transfer_requests => ${`{${requests.join(',')}}`}::transfer_request[], event_at => null)`
      return size
    },
  }
}
