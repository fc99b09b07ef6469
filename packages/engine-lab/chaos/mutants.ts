import type { Sql } from 'postgres'

/** The engine with one of its safeguards taken out. */
export type Mutant = { name: string; apply: (sql: Sql) => Promise<void> }

export const LOCK_MUTANT: Mutant = {
  name: 'the row lock taken out of private.lock_wallet',
  apply: (sql) => rewrite(sql, 'private.lock_wallet', 'for no key update', ''),
}

export const MUTANTS: readonly Mutant[] = [
  LOCK_MUTANT,
  {
    name: 'the row lock taken out, and the constraints that stand behind it',
    apply: async (sql) => {
      await LOCK_MUTANT.apply(sql)
      await sql`alter table public.credit_transactions drop constraint credit_transactions_seq_is_gapless`
    },
  },
  {
    name: 'idempotency keys not looked up',
    apply: async (sql) => {
      await rewrite(sql, 'private.find_replay', 'if not found then', 'if true then')
      await sql`alter table public.credit_transactions drop constraint credit_transactions_key_is_used_once`
    },
  },
  {
    name: 'the row locks taken out of private.lock_wallets',
    apply: (sql) => rewrite(sql, 'private.lock_wallets', 'for no key update', ''),
  },
  {
    name: 'keys used twice in one batch not noticed',
    apply: async (sql) => {
      await rewrite(sql, 'private.judge_batch', 'f.position = coalesce(f.first_position, f.position)', 'true')
      await sql`alter table public.credit_transactions drop constraint credit_transactions_key_is_used_once`
    },
  },
  {
    name: 'charges of a batch that cannot all be paid not judged in turn',
    apply: (sql) => rewrite(sql, 'private.judge_batch', 'if over_allowance is null then', 'if true then'),
  },
  {
    name: 'refunds not bounded by what was refunded before',
    apply: (sql) =>
      rewrite(
        sql,
        'public.refund_transaction',
        '-original.amount - private.refunded(original.id)',
        '-original.amount',
      ),
  },
  {
    name: 'grants not burned by charges',
    apply: (sql) => rewrite(sql, 'private.burn_grants', 'p_wallet.next_expiry_at is null', 'true'),
  },
  {
    name: 'grants burned in the order of their ids',
    apply: (sql) => rewrite(sql, 'private.burn_grants', 'order by priority, expires_at, id', 'order by id'),
  },
  {
    name: 'the first credits of a charge given back first',
    apply: async (sql) => {
      await rewrite(sql, 'private.restore_grants', 'p_total - p_already - p_amount', 'p_already')
      await rewrite(sql, 'private.restore_grants', 'p_total - p_already', 'p_already + p_amount')
    },
  },
  {
    name: 'a hold ended again after it has ended',
    apply: (sql) => rewrite(sql, 'public.settle_hold', "hold.status <> 'open'", 'false'),
  },
  {
    name: 'a hold kept whole after it was released',
    apply: (sql) => rewrite(sql, 'private.keep_hold', 'h.finished_at is null', 'true'),
  },
  {
    name: 'the row lock taken out of reserve_credits',
    apply: (sql) => rewrite(sql, 'public.reserve_credits', 'for no key update', ''),
  },
  {
    name: 'the keys of reservations not looked up',
    apply: async (sql) => {
      await rewrite(sql, 'public.reserve_credits', 'if is_repeated then', 'if false then')
      await sql`alter table public.credit_transactions drop constraint credit_transactions_key_is_used_once`
    },
  },
  {
    name: 'a delivery applied although its payment is further along',
    apply: async (sql) => {
      await rewrite(
        sql,
        'private.apply_payment',
        'private.payment_rank(new_status) <= private.payment_rank(payment.status)',
        'false',
      )
    },
  },
  {
    name: 'debts not repaid by what comes in',
    apply: (sql) => rewrite(sql, 'private.repay_debt', 'if amount = 0 then', 'if true then'),
  },
  {
    name: 'credits taken back again with every refund, whatever was taken before',
    apply: (sql) =>
      rewrite(sql, 'private.sync_clawback', 'target - private.clawed_back(original.id)', 'target'),
  },
  {
    name: 'a dispute opened again after it was won',
    apply: (sql) =>
      rewrite(
        sql,
        'private.apply_dispute',
        '<= (private.dispute_rank(dispute.status), dispute.status_at, dispute.status)',
        'is null',
      ),
  },
]

/** Replaces a piece of a function's source. @throws when it is not there any more */
async function rewrite(sql: Sql, name: string, piece: string, replacement: string): Promise<void> {
  const [row] = await sql<{ source: string }[]>`select pg_get_functiondef(${name}::regproc) as source`
  if (!row?.source.includes(piece)) throw new Error(`${name} does not say "${piece}" any more.`)
  await sql.unsafe(row.source.replaceAll(piece, replacement))
}
