-- The balance of each user, in whole credits.
create table if not exists users (
  id text primary key,
  credits integer not null default 0 check (credits >= 0),
  membership_tier text,
  membership_expires_at text null,
  created_at text not null default '',
  updated_at text not null default ''
);
create index if not exists users_tier_idx on users (membership_tier);

-- The ledger: one row per change of a balance.
create table if not exists transactions (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  action text not null,
  amount integer not null,
  balance_before integer not null,
  balance_after integer not null,
  refund_of text,
  metadata text not null default '{}',
  created_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  check (balance_before + amount = balance_after)
);
create index if not exists transactions_user_created_idx on transactions (user_id, created_at desc);
create index if not exists transactions_action_idx on transactions (action);
create index if not exists transactions_refund_idx on transactions (refund_of) where refund_of is not null;

-- Old rows of the ledger, moved by engine.archiveTransactions.
create table if not exists transactions_archive (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  action text not null,
  amount integer not null,
  balance_before integer not null,
  balance_after integer not null,
  refund_of text,
  metadata text not null default '{}',
  created_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  check (balance_before + amount = balance_after)
);
create index if not exists transactions_archive_user_created_idx on transactions_archive (user_id, created_at desc);

-- Who did or tried what.
create table if not exists audit_logs (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  action text not null,
  status text not null,
  metadata text not null default '{}',
  error_message text,
  created_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);
create index if not exists audit_logs_user_created_idx on audit_logs (user_id, created_at desc);
create index if not exists audit_logs_status_idx on audit_logs (status);

-- The first result under each idempotency key.
create table if not exists idempotency_records (
  "key" text primary key,
  result text not null,
  created_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  expires_at text not null
);
create index if not exists idempotency_records_expires_idx on idempotency_records (expires_at);
