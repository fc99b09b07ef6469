-- The balance of each user, in whole credits.
create table if not exists users (id text primary key);
alter table users add column if not exists credits bigint not null default 0 check (credits >= 0);
alter table users add column if not exists membership_tier text;
alter table users add column if not exists membership_expires_at timestamptz null;
alter table users add column if not exists created_at timestamptz not null default now();
alter table users add column if not exists updated_at timestamptz not null default now();
create index if not exists users_tier_idx on users (membership_tier);

-- The ledger: one row per change of a balance.
create table if not exists transactions (
  id text primary key default gen_random_uuid()::text,
  user_id text not null references users (id) on delete cascade,
  action text not null,
  amount bigint not null,
  balance_before bigint not null,
  balance_after bigint not null,
  refund_of text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint transactions_adds_up check (balance_before + amount = balance_after)
);
create index if not exists transactions_user_created_idx on transactions (user_id, created_at desc);
create index if not exists transactions_action_idx on transactions (action);
create index if not exists transactions_refund_idx on transactions (refund_of) where refund_of is not null;

-- Old rows of the ledger, moved by engine.archiveTransactions.
create table if not exists transactions_archive (
  id text primary key default gen_random_uuid()::text,
  user_id text not null references users (id) on delete cascade,
  action text not null,
  amount bigint not null,
  balance_before bigint not null,
  balance_after bigint not null,
  refund_of text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint transactions_archive_adds_up check (balance_before + amount = balance_after)
);
create index if not exists transactions_archive_user_created_idx on transactions_archive (user_id, created_at desc);

-- Who did or tried what.
create table if not exists audit_logs (
  id text primary key default gen_random_uuid()::text,
  user_id text not null references users (id) on delete cascade,
  action text not null,
  status text not null,
  metadata jsonb not null default '{}',
  error_message text,
  created_at timestamptz not null default now()
);
create index if not exists audit_logs_user_created_idx on audit_logs (user_id, created_at desc);
create index if not exists audit_logs_status_idx on audit_logs (status);

-- The first result under each idempotency key.
create table if not exists idempotency_records (
  key text primary key,
  result jsonb not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index if not exists idempotency_records_expires_idx on idempotency_records (expires_at);

create or replace function cleanup_expired_idempotency_records()
returns bigint
language sql
as $$
  with deleted as (
    delete from idempotency_records where expires_at < now() returning 1
  )
  select count(*) from deleted
$$;
comment on function cleanup_expired_idempotency_records is 'Deletes the keys that have expired, and returns how many. For a daily job.';
