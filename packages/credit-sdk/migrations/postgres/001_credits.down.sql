drop function if exists cleanup_expired_idempotency_records();
drop table if exists idempotency_records;
drop table if exists audit_logs;
drop table if exists transactions;
alter table if exists users drop column if exists credits;
alter table if exists users drop column if exists membership_tier;
alter table if exists users drop column if exists membership_expires_at;
alter table if exists users drop column if exists created_at;
alter table if exists users drop column if exists updated_at;
