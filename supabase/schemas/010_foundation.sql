-- What every other file builds on: the private schema, default privileges, and triggers that many tables share.

-- Constraints that forbid overlapping times compare ids by a gist index.
create extension if not exists btree_gist with schema extensions;

-- Finds users by a part of their name or address.
create extension if not exists pg_trgm with schema extensions;

-- The Data API never serves this schema. Its roles may only call private.is_admin(), first_seq_since() and like_pattern() here.
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

create table private.personal_data (
  table_name text primary key,
  owned_by text not null,
  columns jsonb not null
);
comment on table private.personal_data is
  'What may tell who somebody was, of each table that outlives its user. Closing an account blanks it, and nothing else of a table that is append-only.';
comment on column private.personal_data.owned_by is 'The condition of a user''s rows, with $1 for the id of the user.';
comment on column private.personal_data.columns is
  'The columns: {"description": null} is emptied; of an object the keys that are listed stay, as in {"details": ["code"]}.';

alter table private.personal_data enable row level security;

create function private.blank(p_value jsonb, p_kept_keys jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(p_kept_keys) = 'array' then coalesce(
      (
        select jsonb_object_agg(key, value)
        from jsonb_each(case when jsonb_typeof(p_value) = 'object' then p_value end)
        where p_kept_keys ? key
      ),
      '{}'
    )
    else 'null'
  end
$$;
comment on function private.blank is 'What is left of a personal column: null, or an object with the keys that may stay.';

create function private.is_blanked(p_table text, p_old jsonb, p_new jsonb)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(bool_and(p_new = p_old || (
    select jsonb_object_agg(column_name, private.blank(p_old -> column_name, kept_keys))
    from jsonb_each(d.columns) listed (column_name, kept_keys)
  )), false)
  from private.personal_data d
  where d.table_name = p_table
$$;
comment on function private.is_blanked is
  'Whether a row is what it was but for its personal columns, and those are blank.';

create function private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and current_setting('account.forgetting', true) = 'on' then
    if private.is_blanked(tg_table_name, to_jsonb(old), to_jsonb(new)) then
      return new;
    end if;
  end if;
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;
comment on function private.refuse_change is 'Trigger of append-only tables: no row is ever updated, deleted or truncated. Only private.forget_person may blank the personal columns of a row, and this checks that it does no more.';

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

create function private.like_pattern(p_text text)
returns text
language sql
immutable
set search_path = ''
as $$
  select '%' || regexp_replace(p_text, '([\\%_])', '\\\1', 'g') || '%'
$$;
comment on function private.like_pattern is 'The pattern for LIKE that matches whatever contains a text, in which nothing is a wildcard.';
grant execute on function private.like_pattern to authenticated, service_role;
