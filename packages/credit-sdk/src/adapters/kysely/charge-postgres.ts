import { type RawBuilder, sql } from 'kysely'
import { newId } from '../../engine/new-id.ts'
import type { ChargeCommand, ChargeOutcome, Price, PriceTable } from '../../storage/commands.ts'
import { toTier } from '../sql/mapping.ts'
import { toCredits, toTextOrNull } from '../sql/values.ts'
import { openBalance, whereBalanceOf } from './balances.ts'
import { selectKey } from './keys.ts'
import { CHARGE_MARK } from './prepare-charges.ts'
import { type Executor, rowsOf } from './statements.ts'

/**
 * A charge on PostgreSQL in one round trip, and a second one when it was refused and the key may tell why. The row is
 * locked first; the key, the balance and the ledger follow from what the lock shows. The update must not look at the
 * balance by itself: it would filter by what the row was when the statement began, before it waited for the lock.
 */
export async function chargeOnPostgres(executor: Executor, command: ChargeCommand): Promise<ChargeOutcome> {
  let row = await runStatement(executor, command)
  if (!row && (await openBalance(executor, command.userId))) row = await runStatement(executor, command)
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

async function runStatement({ on, dialect, mapping }: Executor, command: ChargeCommand) {
  const { userId, action, transactionId, metadata, keyClaim, now, audit } = command
  const { balances, transactions, auditLogs } = mapping
  const credits = sql`coalesce(b.${sql.id(balances.credits)}, 0)`
  const touched =
    balances.updatedAt === null ? sql`` : sql`, ${sql.id(balances.updatedAt)} = ${dialect.now()}`
  const entry = sql`
    insert into ${sql.table(transactions.table)} (${names(transactions, 'id', 'userId', 'action', 'amount', 'balanceBefore', 'balanceAfter', 'metadata', 'createdAt')})
    select ${transactionId}, ${userId}, ${action}, -cost, before, after, ${dialect.json(metadata)} || more, ${dialect.now()}
    from charged`
  const auditEntry = sql`,
    audited as (
      insert into ${sql.table(auditLogs.table)} (${names(auditLogs, 'id', 'userId', 'action', 'status', 'metadata', 'createdAt')})
      select ${newId()}, ${userId}, ${action}, 'success',
        jsonb_build_object('operation', 'charge', 'transactionId', cast(${transactionId} as text), 'amount', -cost), ${dialect.now()}
      from charged
    )`
  const [row] = await rowsOf(
    on,
    sql`${sql.raw(CHARGE_MARK)}
    with account as (
      select b.${sql.id(balances.id)} as id, ${credits} as credits, ${effectiveTier(mapping, now)} as tier
      from ${sql.table(balances.table)} b
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
    ${keyClaim ? claimKey(mapping.idempotencyRecords, command, keyClaim) : sql``},
    charged as (
      update ${sql.table(balances.table)} b
      set ${sql.id(balances.credits)} = ${credits} - priced.cost${touched}
      from priced ${keyClaim ? sql`, claimed` : sql``}
      where b.${sql.id(balances.id)} = priced.id
      and priced.credits >= priced.cost
      returning priced.cost, priced.more, b.${sql.id(balances.credits)} + priced.cost as before, b.${sql.id(balances.credits)} as after
    ),
    entry as (${entry})${audit ? auditEntry : sql``}
    select credits, tier, cost, (select after from charged) as "balanceAfter"
    from priced`,
  )
  return row
}

/** Waits for whoever is storing the same key. Stores nothing when the key is in use, and then nothing is charged. */
function claimKey(
  { table, ...columns }: Executor['mapping']['idempotencyRecords'],
  { transactionId, now }: ChargeCommand,
  { key, request, expiresAt }: NonNullable<ChargeCommand['keyClaim']>,
): RawBuilder<unknown> {
  const excluded = [columns.result, columns.createdAt, columns.expiresAt].map(
    (name) => sql`${sql.id(name)} = excluded.${sql.id(name)}`,
  )
  return sql`,
    claimed as (
      insert into ${sql.table(table)} as stored (${names(columns, 'key', 'result', 'createdAt', 'expiresAt')})
      select ${key}, jsonb_build_object('request', cast(${request} as text), 'result', jsonb_build_object(
        'success', true, 'transactionId', cast(${transactionId} as text), 'cost', cost,
        'balanceBefore', credits, 'balanceAfter', credits - cost
      )), ${now}, ${expiresAt}
      from priced
      where credits >= cost
      on conflict (${sql.id(columns.key)}) do update
      set ${sql.join(excluded)}
      where stored.${sql.id(columns.expiresAt)} <= excluded.${sql.id(columns.createdAt)}
      returning 1
    )`
}

function names<Names extends Record<string, unknown>>(
  columns: Names,
  ...wanted: (keyof Names & string)[]
): RawBuilder<unknown> {
  return sql.join(wanted.map((name) => sql.id(String(columns[name]))))
}

function effectiveTier({ balances }: Executor['mapping'], now: Date): RawBuilder<unknown> {
  const { membershipTier, membershipExpiresAt } = balances
  if (membershipTier === null) return sql`cast(null as text)`
  const tier = sql`b.${sql.id(membershipTier)}`
  if (membershipExpiresAt === null) return tier
  const end = sql`b.${sql.id(membershipExpiresAt)}`
  return sql`case when ${end} is null or ${end} > ${now} then ${tier} end`
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
