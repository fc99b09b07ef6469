import { addedColumns, baseName, type Migration, type Plan } from './plan.ts'

const quote = (name: string) =>
  name
    .split('.')
    .map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : `"${part.replaceAll('"', '""')}"`))
    .join('.')

const TYPES = {
  credits: 'bigint not null',
  tier: 'text',
  time: 'timestamptz',
  now: 'timestamptz not null default now()',
}

/** Can be run again at any time: what is there already stays as it is. */
export function migratePostgres(plan: Plan): Migration {
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
  const owner = `references ${quote(users.table)} (${quote(users.id)}) on delete cascade`
  const table = quote(balances.table)
  const id = `${quote(balances.id)} ${userIdType} primary key${layout === 'separate' ? ` ${owner}` : ''}`
  const index = (on: string, of: string, what: string) =>
    `create index if not exists ${baseName(on)}_${of} on ${quote(on)} (${what});`
  const ledger = (name: string) => `create table if not exists ${quote(name)} (
  ${quote(t.id)} text primary key default gen_random_uuid()::text,
  ${quote(t.userId)} ${userIdType} not null ${owner},
  ${quote(t.action)} text not null,
  ${quote(t.amount)} bigint not null,
  ${quote(t.balanceBefore)} bigint not null,
  ${quote(t.balanceAfter)} bigint not null,
  ${quote(t.refundOf)} text,
  ${quote(t.metadata)} jsonb not null default '{}',
  ${quote(t.createdAt)} timestamptz not null default now(),
  constraint ${baseName(name)}_adds_up check (${quote(t.balanceBefore)} + ${quote(t.amount)} = ${quote(t.balanceAfter)})
);`
  const up = [
    `-- The balance of each ${layout === 'shared' ? 'organization' : 'user'}, in whole credits.`,
    ...(layout === 'shared' ? [] : [`create table if not exists ${table} (${id});`]),
    ...columns.map(([name, type]) => `alter table ${table} add column if not exists ${quote(name)} ${type};`),
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
  ${quote(a.id)} text primary key default gen_random_uuid()::text,
  ${quote(a.userId)} ${userIdType} not null ${owner},
  ${quote(a.action)} text not null,
  ${quote(a.status)} text not null,
  ${quote(a.metadata)} jsonb not null default '{}',
  ${quote(a.errorMessage)} text,
  ${quote(a.createdAt)} timestamptz not null default now()
);`,
    index(a.table, 'user_created_idx', `${quote(a.userId)}, ${quote(a.createdAt)} desc`),
    index(a.table, 'status_idx', quote(a.status)),
    `
-- The first result under each idempotency key.
create table if not exists ${quote(k.table)} (
  ${quote(k.key)} text primary key,
  ${quote(k.result)} jsonb not null,
  ${quote(k.createdAt)} timestamptz not null default now(),
  ${quote(k.expiresAt)} timestamptz not null
);`,
    index(k.table, 'expires_idx', quote(k.expiresAt)),
    `
create or replace function cleanup_expired_idempotency_records()
returns bigint
language sql
as $$
  with deleted as (
    delete from ${quote(k.table)} where ${quote(k.expiresAt)} < now() returning 1
  )
  select count(*) from deleted
$$;
comment on function cleanup_expired_idempotency_records is 'Deletes the keys that have expired, and returns how many. For a daily job.';`,
  ]
  const down = [
    'drop function if exists cleanup_expired_idempotency_records();',
    ...[k.table, a.table, archive.table, t.table].map((name) => `drop table if exists ${quote(name)};`),
    ...(layout === 'separate'
      ? [`drop table if exists ${table};`]
      : columns.map(([name]) => `alter table if exists ${table} drop column if exists ${quote(name)};`)),
  ]
  return { up: `${up.join('\n')}\n`, down: `${down.join('\n')}\n` }
}
