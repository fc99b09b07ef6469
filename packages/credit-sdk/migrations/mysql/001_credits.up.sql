-- The balance of each user, in whole credits.
create table if not exists users (id varchar(255) primary key);
set @statement = if(not exists (select 1 from information_schema.columns where table_schema = database() and table_name = 'users' and column_name = 'credits'), 'alter table users add column credits bigint not null default 0 check (credits >= 0)', 'do 0');
prepare migration from @statement;
execute migration;
deallocate prepare migration;
set @statement = if(not exists (select 1 from information_schema.columns where table_schema = database() and table_name = 'users' and column_name = 'membership_tier'), 'alter table users add column membership_tier varchar(50)', 'do 0');
prepare migration from @statement;
execute migration;
deallocate prepare migration;
set @statement = if(not exists (select 1 from information_schema.columns where table_schema = database() and table_name = 'users' and column_name = 'membership_expires_at'), 'alter table users add column membership_expires_at datetime(6) null', 'do 0');
prepare migration from @statement;
execute migration;
deallocate prepare migration;
set @statement = if(not exists (select 1 from information_schema.columns where table_schema = database() and table_name = 'users' and column_name = 'created_at'), 'alter table users add column created_at datetime(6) not null default current_timestamp(6)', 'do 0');
prepare migration from @statement;
execute migration;
deallocate prepare migration;
set @statement = if(not exists (select 1 from information_schema.columns where table_schema = database() and table_name = 'users' and column_name = 'updated_at'), 'alter table users add column updated_at datetime(6) not null default current_timestamp(6)', 'do 0');
prepare migration from @statement;
execute migration;
deallocate prepare migration;
set @statement = if(not exists (select 1 from information_schema.statistics where table_schema = database() and table_name = 'users' and index_name = 'users_tier_idx'), 'alter table users add index users_tier_idx (membership_tier)', 'do 0');
prepare migration from @statement;
execute migration;
deallocate prepare migration;

-- The ledger: one row per change of a balance.
create table if not exists transactions (
  id varchar(255) character set utf8mb4 collate utf8mb4_bin primary key,
  user_id varchar(255) not null,
  action varchar(255) not null,
  amount bigint not null,
  balance_before bigint not null,
  balance_after bigint not null,
  refund_of varchar(255) character set utf8mb4 collate utf8mb4_bin null,
  metadata json,
  created_at datetime(6) not null default current_timestamp(6),
  constraint transactions_adds_up check (balance_before + amount = balance_after),
  foreign key (user_id) references users (id) on delete cascade,
  index transactions_user_created_idx (user_id, created_at desc),
  index transactions_action_idx (action),
  index transactions_refund_idx (refund_of)
);

-- Old rows of the ledger, moved by engine.archiveTransactions.
create table if not exists transactions_archive (
  id varchar(255) character set utf8mb4 collate utf8mb4_bin primary key,
  user_id varchar(255) not null,
  action varchar(255) not null,
  amount bigint not null,
  balance_before bigint not null,
  balance_after bigint not null,
  refund_of varchar(255) character set utf8mb4 collate utf8mb4_bin null,
  metadata json,
  created_at datetime(6) not null default current_timestamp(6),
  constraint transactions_archive_adds_up check (balance_before + amount = balance_after),
  foreign key (user_id) references users (id) on delete cascade,
  index transactions_archive_user_created_idx (user_id, created_at desc)
);

-- Who did or tried what.
create table if not exists audit_logs (
  id varchar(255) character set utf8mb4 collate utf8mb4_bin primary key,
  user_id varchar(255) not null,
  action varchar(255) not null,
  status varchar(50) not null,
  metadata json,
  error_message text,
  created_at datetime(6) not null default current_timestamp(6),
  foreign key (user_id) references users (id) on delete cascade,
  index audit_logs_user_created_idx (user_id, created_at desc),
  index audit_logs_status_idx (status)
);

-- The first result under each idempotency key.
create table if not exists idempotency_records (
  `key` varchar(255) character set utf8mb4 collate utf8mb4_bin primary key,
  result json not null,
  created_at datetime(6) not null default current_timestamp(6),
  expires_at datetime(6) not null,
  index idempotency_records_expires_idx (expires_at)
);

-- Deletes the keys that have expired. For a daily job; times are in UTC.
drop procedure if exists cleanup_expired_idempotency_records;
create procedure cleanup_expired_idempotency_records()
  delete from idempotency_records where expires_at < utc_timestamp(6);
