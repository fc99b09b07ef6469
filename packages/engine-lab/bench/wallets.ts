import postgres, { type Sql } from 'postgres'
import { MIGRATIONS_DIRECTORY } from '../../../scripts/paths.ts'
import { prepareAuthSchema } from '../../dev-stack/api/index.ts'
import { applyMigrations } from '../../dev-stack/migrate.ts'
import { startPostgres } from '../../dev-stack/postgres/index.ts'
import { makeTemporaryDirectory } from '../../dev-stack/temporary-directory.ts'

export const WALLETS = 10_000

/** The user of wallet `index`, from 1. */
export function walletOwner(index: number): string {
  return `10000000-0000-4000-8000-${String(index).padStart(12, '0')}`
}

export type BenchDatabase = {
  ownerUrl: string
  adminUrl: string
  /** For the Data API. */
  apiUrl: string
  sql: Sql
  stop(): Promise<void>
}

/** A migrated database with durable commits and many rich wallets, each with the ledger row that made it rich. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  await using undo = new AsyncDisposableStack()
  const directory = await makeTemporaryDirectory()
  undo.defer(directory.remove)
  const server = await startPostgres({ directory: directory.path, port: 0 })
  undo.defer(server.stop)
  await prepareAuthSchema(server.apiUrl)
  await applyMigrations(server.ownerUrl, { directory: MIGRATIONS_DIRECTORY })
  const sql = postgres(server.adminUrl, { max: 1, onnotice: () => {} })
  undo.defer(() => sql.end())
  await makeWallets(sql)
  const running = undo.move()
  const { ownerUrl, adminUrl, apiUrl } = server
  return { ownerUrl, adminUrl, apiUrl, sql, stop: () => running.disposeAsync() }
}

/** Written past the engine, as a superuser, for speed; `verify_ledger()` finds nothing wrong with it. */
async function makeWallets(sql: Sql): Promise<void> {
  const owner = sql.unsafe(`('10000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid`)
  const rich = 1_000_000_000
  await sql.begin(async (transaction) => {
    await transaction`set local session_replication_role = replica`
    await transaction`insert into auth.users (id, email) select ${owner}, 'bench' || i || '@example.test'
      from generate_series(1, ${WALLETS}) i`
    await transaction`insert into profiles (id, email) select ${owner}, 'bench' || i || '@example.test'
      from generate_series(1, ${WALLETS}) i`
    await transaction`insert into credits (user_id, credit_type, balance, total_purchased, version)
      select ${owner}, 'general', ${rich}, ${rich}, 1 from generate_series(1, ${WALLETS}) i`
    await transaction`insert into credit_transactions
      (user_id, credit_type, seq, type, amount, balance_before, balance_after)
      select ${owner}, 'general', 1, 'purchase', ${rich}, 0, ${rich} from generate_series(1, ${WALLETS}) i`
  })
  await sql`vacuum analyze`
}

/** Says what `verify_ledger()` finds after a benchmark. */
export async function printLedgerCheck(sql: Sql): Promise<void> {
  const violations = await sql`select * from verify_ledger()`
  console.log(`\nverify_ledger() after all of it: ${violations.length === 0 ? 'no violation' : 'VIOLATIONS'}`)
}
