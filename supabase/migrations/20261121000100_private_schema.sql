-- Everything the Data API must not serve lives here. Roles of the API may enter only to call private.is_admin().
create schema private;
comment on schema private is 'Internals: never exposed by the Data API.';

revoke all on schema private from public;
grant usage on schema private to authenticated, service_role;

-- Nothing is granted by accident: neither by old project defaults nor by Postgres itself.
-- (A revoke with "in schema" cannot take back what Postgres grants to public everywhere, so it is left out there.)
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

create function private.refusal(p_code text, p_message text, p_details jsonb default '{}')
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select p_details || jsonb_build_object('ok', false, 'code', p_code, 'message', p_message)
$$;
comment on function private.refusal is
  'The result of an expected refusal: {ok: false, code, message, …details}. Whoever returns it has changed nothing.';

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
comment on function private.touch_updated_at is 'Trigger: keeps updated_at true whoever writes.';
