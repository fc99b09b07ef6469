-- What every other file builds on: the private schema, default privileges, and triggers that many tables share.

-- Constraints that forbid overlapping times compare ids by a gist index.
create extension if not exists btree_gist with schema extensions;

-- The Data API never serves this schema. Its roles may only call private.is_admin() and private.first_seq_since() here.
create schema private;

comment on schema private is 'Internals: never exposed by the Data API.';

revoke all on schema private from public;

-- New objects start without privileges, whatever the defaults of the project or of Postgres are.
-- (A revoke with "in schema" cannot take back what Postgres grants to public everywhere, so it is left out there.)
alter default privileges revoke execute on functions from public;

alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;

alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;

alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

grant usage on schema private to authenticated, service_role;

create function private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;
comment on function private.refuse_change is 'Trigger of append-only tables: no row is ever updated, deleted or truncated.';

create function private.touch_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;
comment on function private.touch_updated_at is 'Trigger: sets updated_at on every update.';

-- 2^53 - 1: the largest integer JavaScript holds exactly. No amount or balance passes it.
create function private.max_amount()
returns bigint
language sql
immutable
set search_path = ''
return 9007199254740991;
comment on function private.max_amount is 'The largest amount and balance: what a JavaScript number holds exactly.';
