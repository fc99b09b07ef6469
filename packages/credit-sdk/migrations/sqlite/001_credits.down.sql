drop table if exists idempotency_records;
drop table if exists audit_logs;
drop table if exists transactions;
drop index if exists users_tier_idx;
alter table users drop column credits;
alter table users drop column membership_tier;
alter table users drop column membership_expires_at;
alter table users drop column created_at;
alter table users drop column updated_at;
