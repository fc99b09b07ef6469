import { expect } from '@playwright/test'
import type { Database } from './database.ts'

type Charge = { amount?: number; action?: string; description?: string; creditType?: string; times?: number }

/** Charges somebody's wallet past the app, as code of the product would, and gives the ids of the rows. */
export async function charge(
  sql: Database,
  userId: string,
  {
    amount = 1,
    action = 'text-generation',
    description = 'A run',
    creditType = 'general',
    times = 1,
  }: Charge = {},
): Promise<number[]> {
  const rows = await sql<{ answer: { ok: boolean; transaction_id: number } }[]>`
    select public.deduct_credits(
      ${userId}, ${amount}, ${creditType}, p_action => ${action}, p_description => ${description}
    ) as answer
    from generate_series(1, ${times})`
  expect(rows.every(({ answer }) => answer.ok)).toBe(true)
  return rows.map(({ answer }) => answer.transaction_id)
}

/** Adds credits to somebody's wallet, as a purchase. */
export async function buy(
  sql: Database,
  userId: string,
  { amount = 100, creditType = 'general', description = 'A package', days = null as number | null } = {},
): Promise<void> {
  await sql`
    select public.add_credits(
      ${userId}, ${amount}, ${creditType}, p_action => 'purchase', p_description => ${description},
      p_expires_at => clock_timestamp() + make_interval(days => ${days})
    )`
}

/** The moment it is in the database. */
export async function databaseTime(sql: Database): Promise<string> {
  const [row] = await sql<{ timestamp: Date }[]>`select clock_timestamp() as timestamp`
  return row?.timestamp.toISOString() ?? ''
}

export async function balanceOf(sql: Database, userId: string, creditType = 'general'): Promise<number> {
  const [row] = await sql<{ balance: number }[]>`
    select balance::int from public.credits where user_id = ${userId} and credit_type = ${creditType}`
  return row?.balance ?? 0
}

/** The balance and the ledger of somebody, as `type amount`, the way an accountant reads them. */
export async function readLedger(
  sql: Database,
  userId: string,
): Promise<{ balance: number; rows: string[] }> {
  const [wallet] = await sql<{ balance: string }[]>`
    select balance from credits where user_id = ${userId} and credit_type = 'general'`
  const rows = await sql<{ type: string; amount: string }[]>`
    select type, amount from credit_transactions where user_id = ${userId} order by seq`
  return { balance: Number(wallet?.balance), rows: rows.map(({ type, amount }) => `${type} ${amount}`) }
}

/** Lets the whole ledger of somebody have happened so long earlier, past the guard that lets nobody move a row. */
export async function ageLedger(sql: Database, userId: string, minutes: number): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`alter table credit_transactions disable trigger credit_transactions_append_only`
    await transaction`
      update credit_transactions set created_at = created_at - make_interval(mins => ${minutes})
      where user_id = ${userId}`
    await transaction`alter table credit_transactions enable trigger credit_transactions_append_only`
  })
}
