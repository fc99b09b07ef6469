-- What one change is, and who may see it, asked in a single call.
-- Lives in pg_temp of Realtime's own connection: nothing stays behind in the database.
--   p_transaction  the number of the transaction that made the change, as the log has it: without epoch
--   p_new, p_old   column values in text form; p_new is null for a delete
--   p_viewers      an array of claims; each is tried as its role with its claims set
-- Returns null when the table is gone or has no primary key.
create or replace function pg_temp.read_change(
  p_transaction bigint, p_relation oid, p_new jsonb, p_old jsonb, p_viewers jsonb
)
returns jsonb
language plpgsql
set search_path = "$user", public, extensions
as $$
declare
  v_next bigint = pg_snapshot_xmax(pg_current_snapshot())::text::bigint;
  v_transaction xid8;
  v_table text;
  v_rls boolean;
  v_columns jsonb;
  v_key_test text;
  v_select_new text;
  v_select_old text;
  v_new jsonb;
  v_old jsonb;
  v_readable jsonb;
  v_claims jsonb;
  v_index bigint;
  v_prepared boolean = false;
  v_may_see boolean;
  v_visible bigint[] = '{}';
begin
  -- The log tells of a commit a moment before other sessions see it: wait, or a new row is not found.
  v_transaction = (v_next + ((p_transaction - v_next % 4294967296 + 6442450944) % 4294967296) - 2147483648)::text::xid8;
  for v_attempt in 1..1000 loop
    exit when pg_visible_in_snapshot(v_transaction, pg_current_snapshot());
    perform pg_sleep(0.001);
  end loop;

  select format('%I.%I', n.nspname, c.relname), c.relrowsecurity
  into v_table, v_rls
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where c.oid = p_relation;

  with columns as (
    select
      a.attnum,
      a.attname::text as name,
      t.typname as type,
      format_type(a.atttypid, a.atttypmod) as full_type,
      coalesce(a.attnum = any (i.indkey), false) as key
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_type t on t.oid = a.atttypid
    left join pg_catalog.pg_index i on i.indrelid = a.attrelid and i.indisprimary
    where a.attrelid = p_relation and a.attnum > 0 and not a.attisdropped
  )
  select
    jsonb_agg(jsonb_build_object('name', name, 'type', type, 'key', key) order by attnum),
    string_agg(format('%I = %L::%s', name, p_new ->> name, full_type), ' and ') filter (where key),
    string_agg(format('%L::%s as %I', p_new ->> name, full_type, name), ', ') filter (where p_new ? name),
    string_agg(format('%L::%s as %I', p_old ->> name, full_type, name), ', ') filter (where p_old ? name)
  into v_columns, v_key_test, v_select_new, v_select_old
  from columns;

  if v_table is null or not v_columns @> '[{"key": true}]' then
    return null;
  end if;

  -- Postgres itself turns text into JSON, so a value here looks as it does in the Data API.
  begin
    if v_select_new is not null then
      execute format('select to_jsonb(r) from (select %s) r', v_select_new) into v_new;
    end if;
    if v_select_old is not null then
      execute format('select to_jsonb(r) from (select %s) r', v_select_old) into v_old;
    end if;
  exception
    -- A type out of our reach, or changed since the row was written: its text must do.
    when others then
      v_new = p_new;
      v_old = p_old;
  end;

  select jsonb_object_agg(role, names)
  into v_readable
  from (
    select
      role,
      coalesce(
        jsonb_agg(c ->> 'name') filter (where has_column_privilege(role, p_relation, c ->> 'name', 'select')),
        '[]'
      ) as names
    from (select distinct v ->> 'role' as role from jsonb_array_elements(p_viewers) v) roles
    cross join jsonb_array_elements(v_columns) c
    group by role
  ) by_role;

  if exists (select from pg_prepared_statements where name = 'sees_row') then
    deallocate sees_row;
  end if;

  for v_claims, v_index in
    select value, ordinality - 1 from jsonb_array_elements(p_viewers) with ordinality
  loop
    if p_new is null then
      v_may_see = true; -- the row is gone: no policy can be asked about it
    else
      begin
        perform
          set_config('request.jwt.claims', v_claims::text, true),
          set_config('request.jwt.claim.sub', coalesce(v_claims ->> 'sub', ''), true),
          set_config('request.jwt.claim.role', v_claims ->> 'role', true),
          set_config('role', v_claims ->> 'role', true);
        -- Planned once for all viewers of a role; Postgres plans it anew when the role differs.
        if not v_prepared then
          execute format('prepare sees_row as select exists (select from %s where %s)', v_table, v_key_test);
          v_prepared = true;
        end if;
        execute 'execute sees_row' into v_may_see;
      exception
        -- A policy that fails for one viewer hides the row from that viewer alone.
        when others then v_may_see = false;
      end;
      perform set_config('role', 'none', true);
    end if;
    if v_may_see then
      v_visible = v_visible || v_index;
    end if;
  end loop;

  return jsonb_build_object(
    'rls', v_rls,
    'columns', v_columns,
    'new', v_new,
    'old', v_old,
    'readable', v_readable,
    'visible', to_jsonb(v_visible)
  );
end;
$$;
