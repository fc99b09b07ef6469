import { printTable, quantile } from './statistics.ts'
import { startBenchDatabase, WALLETS, walletOwner } from './wallets.ts'

const ROWS_OF_ONE = 1_000_000
const ROWS_OF_OTHERS = 4_000_000
const SAMPLES = 200
/** Of what takes longer, since it reads more than a page. */
const SUM_SAMPLES = 20

type Timed = [name: string, statement: ReturnType<Awaited<ReturnType<typeof startBenchDatabase>>['sql']>]

/** How long the database takes for a page of history, and for what a dashboard shows, at five million ledger rows, one million of them in one wallet. */
export async function benchHistory(): Promise<void> {
  const { sql, stop } = await startBenchDatabase()
  try {
    const big = walletOwner(1)
    await fill(sql, big)
    await sql`vacuum analyze credit_transactions`
    const [count] = await sql<{ rows: string }[]>`select count(*) as rows from credit_transactions`
    console.log(
      `${Number(count?.rows).toLocaleString('en')} ledger rows, ${ROWS_OF_ONE.toLocaleString('en')} in one wallet\n`,
    )

    const pages: Timed[] = [
      ['newest page', sql`p_user_id => ${big}`],
      ['a page in the middle', sql`p_user_id => ${big}, p_before_seq => 500000`],
      ['by a type that is one row in a thousand', sql`p_user_id => ${big}, p_types => array['purchase']`],
      ['by two types, one of them unused', sql`p_user_id => ${big}, p_types => array['purchase', 'refund']`],
      ['by an action never used', sql`p_user_id => ${big}, p_action => 'unused'`],
      [
        'by date',
        sql`p_user_id => ${big}, p_from => now() - interval '100 days', p_to => now() - interval '99 days'`,
      ],
      ['newest page of a small wallet', sql`p_user_id => ${walletOwner(77)}`],
    ]
    await printTimes(
      'transaction_history, 20 rows',
      pages.map(([name, args]) => [name, sql`select * from transaction_history(${args})`]),
      SAMPLES,
    )
    console.log()
    await printTimes(
      'usage_by_day and balance_parts',
      [
        ...[7, 30, 90].map(
          (days): Timed => [
            `usage of ${days} days and the ${days} before`,
            sql`select usage_by_day(${big}, 'general', ${days}, 'Asia/Kolkata')`,
          ],
        ),
        ['what a balance is made of', sql`select balance_parts(${big}, 'general')`],
        ['usage of 30 days, small wallet', sql`select usage_by_day(${walletOwner(77)}, 'general', 30)`],
      ],
      SUM_SAMPLES,
    )

    async function printTimes(title: string, statements: Timed[], samples: number): Promise<void> {
      const rows: string[][] = []
      for (const [name, statement] of statements) {
        const times: number[] = []
        for (let i = 0; i < samples; i++) {
          const [plan] = await sql`explain (analyze, timing off, format json) ${statement}`
          times.push(plan?.['QUERY PLAN'][0]['Execution Time'])
        }
        rows.push([name, quantile(times, 0.5).toFixed(2), quantile(times, 0.95).toFixed(2)])
      }
      printTable([title, 'p50 ms', 'p95 ms'], rows)
    }
  } finally {
    await stop()
  }
}

async function fill(sql: Awaited<ReturnType<typeof startBenchDatabase>>['sql'], big: string): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`set local session_replication_role = replica`
    const perWallet = ROWS_OF_OTHERS / WALLETS
    // One row in a thousand of the big wallet is a purchase, so that a filter has something rare to find.
    await transaction`
      insert into credit_transactions
        (user_id, credit_type, seq, type, amount, balance_before, balance_after, action, created_at)
      select ${big}, 'general', 1 + i, type, amount, 1000000, 1000000 + amount, 'bench',
        now() - (${ROWS_OF_ONE} - i) * interval '30 seconds'
      from generate_series(1, ${ROWS_OF_ONE}) i,
        lateral (select
          case when i % 1000 = 0 then 'purchase' else 'deduction' end as type,
          case when i % 1000 = 0 then 999 else -1 end as amount) kind`
    await transaction`
      insert into credit_transactions
        (user_id, credit_type, seq, type, amount, balance_before, balance_after, action, created_at)
      select ('10000000-0000-4000-8000-' || lpad(w::text, 12, '0'))::uuid, 'general', 1 + i, 'deduction', -1,
        1000000, 999999, 'bench', now() - (${perWallet} - i) * interval '1 hour'
      from generate_series(1, ${perWallet}) i, generate_series(2, ${WALLETS}) w`
    await transaction`update credits set version = ${ROWS_OF_ONE} + 1 where user_id = ${big}`
    await transaction`update credits set version = ${perWallet} + 1 where user_id <> ${big}`
  })
}
