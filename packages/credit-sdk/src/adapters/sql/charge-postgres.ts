import { newId } from '../../engine/new-id.ts'
import type { ChargeCommand, ChargeOutcome, Price, PriceTable } from '../../storage/commands.ts'
import { andFixed, setTotals, whereBalanceOf } from './balances.ts'
import { nowIn } from './dialect.ts'
import { column, type Fragment, join, raw, sql, table } from './fragment.ts'
import { selectKey } from './keys.ts'
import { typeOf } from './ledger.ts'
import { toTier } from './mapping.ts'
import type { Executor } from './statements.ts'
import { toCredits, toTextOrNull } from './values.ts'

/** How the statement of a charge begins, so that it is known among all others. */
export const CHARGE_MARK = '/* credit-sdk: charge */'

/**
 * A charge on PostgreSQL in one round trip, and a second one when it was refused and the key may tell why. The row is
 * locked first; the key, the balance and the ledger follow from what the lock shows. The update must not look at the
 * balance by itself: it would filter by what the row was when the statement began, before it waited for the lock.
 * @param open opens the balance of a user who has none, and says whether it did
 */
export async function chargeOnPostgres(
  executor: Executor,
  command: ChargeCommand,
  open: () => Promise<boolean>,
): Promise<ChargeOutcome> {
  let row = await runStatement(executor, command)
  if (!row && (await open())) row = await runStatement(executor, command)
  if (!row) return { status: 'user-not-found' }
  const balanceBefore = toCredits(row.credits)
  if (row.balanceAfter !== null) {
    const { transactionId } = command
    return {
      status: 'done',
      transactionId,
      cost: toCredits(row.cost),
      balanceBefore,
      balanceAfter: toCredits(row.balanceAfter),
    }
  }
  // A new statement: only this one sees the key of a charge that the lock waited for.
  const record = command.keyClaim && (await selectKey(executor, command.keyClaim.key))
  if (record && record.expiresAt > command.now) return { status: 'replayed', record }
  if (row.cost === null) {
    return { status: 'refused', tier: toTier(executor.mapping.balances, toTextOrNull(row.tier)) }
  }
  return { status: 'insufficient', required: toCredits(row.cost), available: balanceBefore }
}

async function runStatement(executor: Executor, command: ChargeCommand) {
  const { on, dialect, mapping } = executor
  const { userId, action, transactionId, metadata, keyClaim, now, audit } = command
  const { balances, transactions, auditLogs } = mapping
  const credits = sql`coalesce(b.${column(balances.credits)}, 0)`
  const touched =
    balances.updatedAt === null ? sql`` : sql`, ${column(balances.updatedAt)} = ${nowIn(dialect)}`
  const { transactionType } = transactions
  const entry = insertSelect(transactions.table, 'charged', [
    [transactions.id, transactionId],
    [transactions.userId, userId],
    [transactions.action, action],
    [transactions.amount, raw('-cost')],
    [transactions.balanceBefore, raw('before')],
    [transactions.balanceAfter, raw('after')],
    [transactions.metadata, sql`${dialect.json(metadata)} || more`],
    [transactions.createdAt, nowIn(dialect)],
    ...Object.entries(transactions.fixed),
    ...(transactionType === null ? [] : [[transactionType, typeOf('charge')] as const]),
  ])
  const auditEntry = insertSelect(auditLogs.table, 'charged', [
    [auditLogs.id, newId()],
    [auditLogs.userId, userId],
    [auditLogs.action, action],
    [auditLogs.status, 'success'],
    [
      auditLogs.metadata,
      sql`jsonb_build_object('operation', 'charge', 'transactionId', cast(${transactionId} as text), 'amount', -cost)`,
    ],
    [auditLogs.createdAt, nowIn(dialect)],
  ])
  const [row] = await on.rows(sql`${raw(CHARGE_MARK)}
    with account as (
      select b.${column(balances.id)} as id, ${credits} as credits, ${effectiveTier(executor, now)} as tier
      from ${table(balances.table)} b
      ${whereBalanceOf(mapping, userId)}
      for no key update of b
    ),
    priced as (
      select id, credits, tier, cast(price ->> 'cost' as bigint) as cost, coalesce(price -> 'metadata', '{}') as more
      from (
        select account.*, coalesce(prices -> 'tiers' -> cast(tier as text), prices -> 'other') as price
        from account, (select ${dialect.json(storedPrices(mapping, command.prices))} as prices) p
      ) a
    )
    ${keyClaim ? claimKey(executor, command, keyClaim) : sql``},
    charged as (
      update ${table(balances.table)} b
      set ${column(balances.credits)} = ${credits} - priced.cost${setTotals(balances, 'charge', sql`-priced.cost`)}${touched}
      from priced ${keyClaim ? sql`, claimed` : sql``}
      where b.${column(balances.id)} = priced.id${andFixed(balances.fixed)}
      and priced.credits >= priced.cost
      returning priced.cost, priced.more, b.${column(balances.credits)} + priced.cost as before, b.${column(balances.credits)} as after
    ),
    entry as (${entry})${audit ? sql`, audited as (${auditEntry})` : sql``}
    select credits, tier, cost, (select after from charged) as "balanceAfter"
    from priced`)
  return row
}

/** Waits for whoever is storing the same key. Stores nothing when the key is in use, and then nothing is charged. */
function claimKey(
  { dialect, mapping: { idempotencyRecords } }: Executor,
  { transactionId, now }: ChargeCommand,
  { key, request, expiresAt }: NonNullable<ChargeCommand['keyClaim']>,
): Fragment {
  const { table: keys, ...columns } = idempotencyRecords
  const insert = insertSelect(sql`${table(keys)} as stored`, 'priced', [
    [columns.key, key],
    [
      columns.result,
      sql`jsonb_build_object('request', cast(${request} as text), 'result', jsonb_build_object(
        'success', true, 'transactionId', cast(${transactionId} as text), 'cost', cost,
        'balanceBefore', credits, 'balanceAfter', credits - cost
      ))`,
    ],
    [columns.createdAt, dialect.date(now)],
    [columns.expiresAt, dialect.date(expiresAt)],
  ])
  const replaced = [columns.result, columns.createdAt, columns.expiresAt].map(
    (name) => sql`${column(name)} = excluded.${column(name)}`,
  )
  return sql`,
    claimed as (
      ${insert}
      where credits >= cost
      on conflict (${column(columns.key)}) do update
      set ${join(replaced)}
      where stored.${column(columns.expiresAt)} <= excluded.${column(columns.createdAt)}
      returning 1
    )`
}

function insertSelect(
  into: string | Fragment,
  from: string,
  values: readonly (readonly [name: string, value: unknown])[],
): Fragment {
  const target = typeof into === 'string' ? table(into) : into
  const names = join(values.map(([name]) => column(name)))
  return sql`insert into ${target} (${names}) select ${join(values.map(([, value]) => value))} from ${raw(from)}`
}

function effectiveTier({ dialect, mapping: { balances } }: Executor, now: Date): Fragment {
  const { membershipTier, membershipExpiresAt } = balances
  if (membershipTier === null) return sql`cast(null as text)`
  const tier = sql`b.${column(membershipTier)}`
  if (membershipExpiresAt === null) return tier
  const end = sql`b.${column(membershipExpiresAt)}`
  return sql`case when ${end} is null or ${end} > ${dialect.date(now)} then ${tier} end`
}

/** The prices under the values that the column of the tier holds. */
function storedPrices({ balances }: Executor['mapping'], { tiers, other }: PriceTable): PriceTable {
  if (!balances.tierValues) return { tiers, other }
  const stored = Object.entries(balances.tierValues).map(([value, tier]): [string, Price | null] => {
    const price = Object.hasOwn(tiers, tier) ? tiers[tier] : undefined
    return [value, price === undefined ? other : price]
  })
  return { tiers: Object.fromEntries(stored), other }
}
