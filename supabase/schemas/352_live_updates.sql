-- Live updates by broadcast: one private topic for each owner, one for the admins. Its triggers are off until
-- set_live_mode('broadcast'). Without them Realtime reports the changes of the published tables.

create function private.broadcast_to_owner()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  message jsonb := jsonb_build_object('table', tg_table_name);
begin
  if tg_table_name = 'credits' then
    message := message || jsonb_build_object(
      'record',
      jsonb_build_object('credit_type', new.credit_type, 'balance', new.balance, 'version', new.version)
    );
  end if;
  -- A message that cannot be sent is a warning of the database, and undoes nothing.
  perform realtime.send(message, 'change', 'owner:' || new.user_id, true);
  return null;
end
$$;
comment on function private.broadcast_to_owner is
  'Tells the owner of a row that it changed: of a wallet what is in it, of anything else only in which table. Realtime keeps messages for days, so they say no more than pages need.';

create function private.broadcast_to_admins()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform realtime.send(jsonb_build_object('table', tg_table_name), 'change', 'admins', true);
  return null;
end
$$;
comment on function private.broadcast_to_admins is 'Tells the admins in which table something changed, and nothing of the row.';

create trigger broadcast_to_owner after insert or update on public.credits
for each row execute function private.broadcast_to_owner();

create trigger broadcast_to_owner after insert or update on public.payments
for each row execute function private.broadcast_to_owner();

create trigger broadcast_to_owner after insert or update on public.subscriptions
for each row execute function private.broadcast_to_owner();

create trigger broadcast_to_admins after insert or update on public.payments
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.subscriptions
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.payment_events
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.payment_refunds
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.payment_disputes
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.package_syncs
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.signup_bonuses
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.job_runs
for each row execute function private.broadcast_to_admins();

alter table public.credits disable trigger broadcast_to_owner;

alter table public.payments disable trigger broadcast_to_owner;

alter table public.subscriptions disable trigger broadcast_to_owner;

alter table public.payments disable trigger broadcast_to_admins;

alter table public.subscriptions disable trigger broadcast_to_admins;

alter table public.payment_events disable trigger broadcast_to_admins;

alter table public.payment_refunds disable trigger broadcast_to_admins;

alter table public.payment_disputes disable trigger broadcast_to_admins;

alter table public.package_syncs disable trigger broadcast_to_admins;

alter table public.signup_bonuses disable trigger broadcast_to_admins;

alter table public.job_runs disable trigger broadcast_to_admins;

-- Says since when, on the first page of the admin area.
create index audit_logs_live_mode_idx on public.audit_logs (created_at) where action = 'live_mode.set';

create function private.broadcast_triggers()
returns setof pg_catalog.pg_trigger
language sql
stable
set search_path = ''
as $$
  select *
  from pg_catalog.pg_trigger
  where tgfoid in ('private.broadcast_to_owner'::regproc, 'private.broadcast_to_admins'::regproc)
$$;
comment on function private.broadcast_triggers is 'The triggers that broadcast, of every table that has one.';

create function public.live_mode()
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select case when bool_and(tgenabled <> 'D') then 'broadcast' else 'changes' end
  from private.broadcast_triggers()
$$;
comment on function public.live_mode is
  'How this database tells browsers of changes: by broadcast while all of its triggers for that are on, else by changes.';

create function public.set_live_mode(p_mode text)
returns text
language plpgsql
security definer
set search_path = ''
-- Less than deadlock_timeout: whoever waits for whom, this one gives up first, and no charge waits longer.
set lock_timeout = '500ms'
as $$
declare
  broadcaster record;
begin
  if p_mode is null or p_mode not in ('changes', 'broadcast') then
    raise exception using errcode = 'invalid_parameter_value', message = 'The live mode must be changes or broadcast.';
  end if;
  if p_mode = public.live_mode() then
    return p_mode;
  end if;
  for broadcaster in
    select tgrelid::regclass as name, tgname from private.broadcast_triggers()
  loop
    execute format(
      'alter table %s %s trigger %I',
      broadcaster.name, case p_mode when 'broadcast' then 'enable' else 'disable' end, broadcaster.tgname
    );
  end loop;
  insert into public.audit_logs (action, outcome, details)
  values ('live_mode.set', 'success', jsonb_build_object('mode', p_mode));
  return p_mode;
end
$$;
comment on function public.set_live_mode is
  'Has this database tell browsers of changes by broadcast, or by changes alone, which costs a charge nothing. Changes nothing, with lock_not_available, where the tables stay busy for half a second: call it again. The app follows its LIVE_MODE.';

-- Who may hear a topic is asked when it is joined, and again with each new token. Nobody may send: there is no policy for that.
create policy "people hear their own topic, admins every one"
on realtime.messages for select to authenticated
using (
  extension = 'broadcast'
  and (
    (select realtime.topic()) = 'owner:' || (select auth.uid())
    or (select realtime.topic()) ~ '^(admins$|owner:)' and (select private.is_admin())
  )
);

grant execute on function public.live_mode, public.set_live_mode to service_role;
