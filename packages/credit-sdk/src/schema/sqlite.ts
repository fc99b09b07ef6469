import { addedColumns, baseName, type Migration, type Plan } from './plan.ts'

const quote = (name: string) =>
  /^[a-z_][a-z0-9_]*$/.test(name) && name !== 'key' ? name : `"${name.replaceAll('"', '""')}"`

const TYPES = { credits: 'integer not null', tier: 'text', time: 'text', now: "text not null default ''" }
const NOW = "(strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))"

/**
 * Times are text in ISO 8601, in UTC. SQLite cannot add a column only where it is missing: on a table that was there
 * before, a second run is refused as a whole and changes nothing.
 */
export function migrateSqlite(plan: Plan): Migration {
  const { names, users, userIdType, layout, isExistingTable } = plan
  const {
    balances,
    transactions: t,
    transactionArchive: archive,
    auditLogs: a,
    idempotencyRecords: k,
  } = names
  const columns = addedColumns(plan, TYPES, quote)
  const tier = columns.find(([name]) => name === balances.membershipTier)
  const owner = `references ${quote(users.table)} (${quote(users.id)}) on delete cascade`
  const table = quote(balances.table)
  const isCreated = layout === 'separate' || !isExistingTable
  const id = `${quote(balances.id)} ${userIdType} primary key${layout === 'separate' ? ` ${owner}` : ''}`
  const lines = [id, ...columns.map(([name, type]) => `${quote(name)} ${type}`)]
  const index = (on: string, of: string, what: string) =>
    `create index if not exists ${baseName(on)}_${of} on ${quote(on)} (${what});`
  const ledger = (name: string) => `create table if not exists ${quote(name)} (
  ${quote(t.id)} text primary key,
  ${quote(t.userId)} ${userIdType} not null ${owner},
  ${quote(t.action)} text not null,
  ${quote(t.amount)} integer not null,
  ${quote(t.balanceBefore)} integer not null,
  ${quote(t.balanceAfter)} integer not null,
  ${quote(t.refundOf)} text,
  ${quote(t.metadata)} text not null default '{}',
  ${quote(t.createdAt)} text not null default ${NOW},
  check (${quote(t.balanceBefore)} + ${quote(t.amount)} = ${quote(t.balanceAfter)})
);`
  const up = [
    `-- The balance of each ${layout === 'shared' ? 'organization' : 'user'}, in whole credits.`,
    ...(isCreated
      ? [`create table if not exists ${table} (\n  ${lines.join(',\n  ')}\n);`]
      : columns.map(([name, type]) => `alter table ${table} add column ${quote(name)} ${type};`)),
    ...(tier ? [index(balances.table, 'tier_idx', quote(tier[0]))] : []),
    `
-- The ledger: one row per change of a balance.
${ledger(t.table)}`,
    index(t.table, 'user_created_idx', `${quote(t.userId)}, ${quote(t.createdAt)} desc`),
    index(t.table, 'action_idx', quote(t.action)),
    `create index if not exists ${baseName(t.table)}_refund_idx on ${quote(t.table)} (${quote(t.refundOf)}) where ${quote(t.refundOf)} is not null;`,
    `
-- Old rows of the ledger, moved by engine.archiveTransactions.
${ledger(archive.table)}`,
    index(archive.table, 'user_created_idx', `${quote(t.userId)}, ${quote(t.createdAt)} desc`),
    `
-- Who did or tried what.
create table if not exists ${quote(a.table)} (
  ${quote(a.id)} text primary key,
  ${quote(a.userId)} ${userIdType} not null ${owner},
  ${quote(a.action)} text not null,
  ${quote(a.status)} text not null,
  ${quote(a.metadata)} text not null default '{}',
  ${quote(a.errorMessage)} text,
  ${quote(a.createdAt)} text not null default ${NOW}
);`,
    index(a.table, 'user_created_idx', `${quote(a.userId)}, ${quote(a.createdAt)} desc`),
    index(a.table, 'status_idx', quote(a.status)),
    `
-- The first result under each idempotency key.
create table if not exists ${quote(k.table)} (
  ${quote(k.key)} text primary key,
  ${quote(k.result)} text not null,
  ${quote(k.createdAt)} text not null default ${NOW},
  ${quote(k.expiresAt)} text not null
);`,
    index(k.table, 'expires_idx', quote(k.expiresAt)),
  ]
  const down = [
    ...[k.table, a.table, archive.table, t.table].map((name) => `drop table if exists ${quote(name)};`),
    ...(tier ? [`drop index if exists ${baseName(balances.table)}_tier_idx;`] : []),
    ...(layout === 'separate'
      ? [`drop table if exists ${table};`]
      : columns.map(([name]) => `alter table ${table} drop column ${quote(name)};`)),
  ]
  return { up: `${up.join('\n')}\n`, down: `${down.join('\n')}\n` }
}
