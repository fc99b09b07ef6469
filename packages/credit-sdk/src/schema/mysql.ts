import { addedColumns, baseName, type Migration, type Plan } from './plan.ts'

const quote = (name: string) =>
  name
    .split('.')
    .map((part) =>
      /^[a-z_][a-z0-9_]*$/.test(part) && part !== 'key' ? part : `\`${part.replaceAll('`', '``')}\``,
    )
    .join('.')

// Text that is compared byte by byte: two ids that differ in case are two.
const KEY = 'varchar(255) character set utf8mb4 collate utf8mb4_bin'
const TYPES = {
  credits: 'bigint not null',
  tier: 'varchar(50)',
  time: 'datetime(6)',
  now: 'datetime(6) not null default current_timestamp(6)',
}

/** For MySQL 8 and MariaDB. Can be run again at any time: what is there already stays as it is. */
export function migrateMysql(plan: Plan): Migration {
  const { names, users, userIdType, layout } = plan
  const {
    balances,
    transactions: t,
    transactionArchive: archive,
    auditLogs: a,
    idempotencyRecords: k,
  } = names
  const columns = addedColumns(plan, TYPES, quote)
  const tier = columns.find(([name]) => name === balances.membershipTier)
  const owner = (column: string) =>
    `foreign key (${quote(column)}) references ${quote(users.table)} (${quote(users.id)}) on delete cascade`
  const table = quote(balances.table)
  const reference = layout === 'separate' ? `, ${owner(balances.id)}` : ''
  const tierIndex = `${baseName(balances.table)}_tier_idx`
  const ledger = (name: string, more = '') => `create table if not exists ${quote(name)} (
  ${quote(t.id)} ${KEY} primary key,
  ${quote(t.userId)} ${userIdType} not null,
  ${quote(t.action)} varchar(255) not null,
  ${quote(t.amount)} bigint not null,
  ${quote(t.balanceBefore)} bigint not null,
  ${quote(t.balanceAfter)} bigint not null,
  ${quote(t.refundOf)} ${KEY} null,
  ${quote(t.metadata)} json,
  ${quote(t.createdAt)} datetime(6) not null default current_timestamp(6),
  constraint ${baseName(name)}_adds_up check (${quote(t.balanceBefore)} + ${quote(t.amount)} = ${quote(t.balanceAfter)}),
  ${owner(t.userId)},
  index ${baseName(name)}_user_created_idx (${quote(t.userId)}, ${quote(t.createdAt)} desc)${more}
);`
  const searched = `,
  index ${baseName(t.table)}_action_idx (${quote(t.action)}),
  index ${baseName(t.table)}_refund_idx (${quote(t.refundOf)})`
  const up = [
    `-- The balance of each ${layout === 'shared' ? 'organization' : 'user'}, in whole credits.`,
    ...(layout === 'shared'
      ? []
      : [
          `create table if not exists ${table} (${quote(balances.id)} ${userIdType} primary key${reference});`,
        ]),
    ...columns.flatMap(([name, type]) =>
      unlessColumn(balances.table, name, true, `add column ${quote(name)} ${type}`),
    ),
    ...(tier ? unlessIndex(balances.table, tierIndex, `add index ${tierIndex} (${quote(tier[0])})`) : []),
    `
-- The ledger: one row per change of a balance.
${ledger(t.table, searched)}

-- Old rows of the ledger, moved by engine.archiveTransactions.
${ledger(archive.table)}

-- Who did or tried what.
create table if not exists ${quote(a.table)} (
  ${quote(a.id)} ${KEY} primary key,
  ${quote(a.userId)} ${userIdType} not null,
  ${quote(a.action)} varchar(255) not null,
  ${quote(a.status)} varchar(50) not null,
  ${quote(a.metadata)} json,
  ${quote(a.errorMessage)} text,
  ${quote(a.createdAt)} datetime(6) not null default current_timestamp(6),
  ${owner(a.userId)},
  index ${baseName(a.table)}_user_created_idx (${quote(a.userId)}, ${quote(a.createdAt)} desc),
  index ${baseName(a.table)}_status_idx (${quote(a.status)})
);

-- The first result under each idempotency key.
create table if not exists ${quote(k.table)} (
  ${quote(k.key)} ${KEY} primary key,
  ${quote(k.result)} json not null,
  ${quote(k.createdAt)} datetime(6) not null default current_timestamp(6),
  ${quote(k.expiresAt)} datetime(6) not null,
  index ${baseName(k.table)}_expires_idx (${quote(k.expiresAt)})
);

-- Deletes the keys that have expired. For a daily job; times are in UTC.
drop procedure if exists cleanup_expired_idempotency_records;
create procedure cleanup_expired_idempotency_records()
  delete from ${quote(k.table)} where ${quote(k.expiresAt)} < utc_timestamp(6);`,
  ]
  const down = [
    'drop procedure if exists cleanup_expired_idempotency_records;',
    ...[k.table, a.table, archive.table, t.table].map((name) => `drop table if exists ${quote(name)};`),
    ...(layout === 'separate'
      ? [`drop table if exists ${table};`]
      : columns.flatMap(([name]) => unlessColumn(balances.table, name, false, `drop column ${quote(name)}`))),
  ]
  return { up: `${up.join('\n')}\n`, down: `${down.join('\n')}\n` }
}

/** MySQL 8 has no `add column if not exists`, so the statement is chosen by what is there. */
function unlessColumn(table: string, column: string, unless: boolean, change: string): string[] {
  const found = `select 1 from information_schema.columns where table_schema = database() and table_name = '${table}' and column_name = '${column}'`
  return conditional(table, `${unless ? 'not ' : ''}exists (${found})`, change)
}

function unlessIndex(table: string, index: string, change: string): string[] {
  const found = `select 1 from information_schema.statistics where table_schema = database() and table_name = '${table}' and index_name = '${index}'`
  return conditional(table, `not exists (${found})`, change)
}

function conditional(table: string, condition: string, change: string): string[] {
  const statement = `alter table ${quote(table)} ${change}`.replaceAll("'", "''")
  return [
    `set @statement = if(${condition}, '${statement}', 'do 0');`,
    'prepare migration from @statement;',
    'execute migration;',
    'deallocate prepare migration;',
  ]
}
