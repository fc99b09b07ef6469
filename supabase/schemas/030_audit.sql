-- Who did what to whom, and what was refused.

create table public.audit_logs (
  id bigint generated always as identity primary key,
  actor_id uuid,
  target_user_id uuid,
  action text not null,
  outcome text not null constraint audit_logs_outcome_is_known check (outcome in ('success', 'failure')),
  reason text,
  details jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.audit_logs is
  'Who did what to whom, whether it worked, and why. Append-only, and without foreign keys: it outlives the rows it is about.';

create index audit_logs_target_idx on public.audit_logs (target_user_id, id desc);
create index audit_logs_newest_idx on public.audit_logs (created_at, id);
create index audit_logs_replays_idx on public.audit_logs ((details ->> 'event_id')) where action = 'event.replay';
create index audit_logs_customers_idx
on public.audit_logs (created_at)
where action = 'customer.link' and outcome = 'failure';

create trigger audit_logs_append_only
before update or delete on public.audit_logs
for each row execute function private.refuse_change();

create trigger audit_logs_no_truncate
before truncate on public.audit_logs
for each statement execute function private.refuse_change();

insert into private.personal_data (table_name, owned_by, columns)
values (
  'audit_logs',
  'target_user_id = $1',
  '{
    "reason": null,
    "details": [
      "code", "amount", "currency", "balance", "required", "shortfall", "credit_type", "tier", "required_tier", "expires_at",
      "transaction_id", "reverses", "payment_id", "refund_id", "event_id", "action"
    ]
  }'
);

create table public.audit_refusals (
  target_user_id uuid not null,
  action text not null,
  code text not null,
  hour timestamptz not null,
  reason text not null,
  repeats bigint not null default 0,
  last_refused_at timestamptz not null default clock_timestamp(),
  primary key (target_user_id, action, code, hour)
);
comment on table public.audit_refusals is
  'How often a user was refused the same thing within an hour. The first refusal is a row of audit_logs; the repeats are counted here, so that nobody can fill the log.';

create index audit_refusals_newest_idx on public.audit_refusals (last_refused_at desc) where repeats > 0;

create function private.refuse(
  p_audit_action text,
  p_user_id uuid,
  p_code text,
  p_message text,
  p_details jsonb default '{}',
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  is_repeated boolean := false;
begin
  -- What an admin tried, and why, is kept each time.
  if p_actor_id is null and p_user_id is not null then
    insert into public.audit_refusals as counted (target_user_id, action, code, hour, reason)
    values (p_user_id, p_audit_action, p_code, date_trunc('hour', clock_timestamp(), 'UTC'), p_message)
    on conflict (target_user_id, action, code, hour) do update
    set
      repeats = counted.repeats + 1,
      reason = excluded.reason,
      last_refused_at = clock_timestamp()
    returning counted.repeats > 0 into is_repeated;
  end if;
  if not is_repeated then
    insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
    values (p_actor_id, p_user_id, p_audit_action, 'failure', p_message, p_details || jsonb_build_object('code', p_code));
  end if;
  return p_details || jsonb_build_object('ok', false, 'code', p_code, 'message', p_message);
end
$$;
comment on function private.refuse is
  'The result of an expected refusal, {ok: false, code, message, …details}, after a row in the audit log, or one more repeat of it. A function that returns it has changed nothing else.';

create function private.refuse_unless_admin(
  p_audit_action text,
  p_user_id uuid,
  p_actor_id uuid,
  p_details jsonb default '{}'
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if private.has_admin_role(p_actor_id) and not private.is_banned(p_actor_id) then
    return null;
  end if;
  return private.refuse(p_audit_action, p_user_id, 'forbidden', 'Only an admin may do this.', p_details, p_actor_id);
end
$$;
comment on function private.refuse_unless_admin is
  'The refusal for an actor who is no admin; null for one who is, and is not banned. Every function that acts in the name of an admin begins with it.';

create function private.refuse_without_reason(
  p_audit_action text,
  p_user_id uuid,
  p_reason text,
  p_actor_id uuid,
  p_details jsonb default '{}'
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if char_length(btrim(coalesce(p_reason, ''))) between 3 and 500 then
    return null;
  end if;
  return private.refuse(
    p_audit_action, p_user_id, 'reason_required', 'Give a reason of 3 to 500 characters.', p_details, p_actor_id
  );
end
$$;
comment on function private.refuse_without_reason is 'The refusal for an admin who gives no reason; null for one who does.';

create function private.refuse_caller(p_audit_action text, p_user_id uuid, p_caller jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  -- What the product does by itself, in a job or a script, says what it is.
  if p_caller ->> 'internal' <> '' or private.is_live_session(p_user_id, (p_caller ->> 'session_id')::uuid) then
    return null;
  end if;
  return private.refuse(
    p_audit_action, p_user_id, 'session_ended', 'Your session has ended. Sign in again to continue.'
  );
end
$$;
comment on function private.refuse_caller is
  'The refusal for a call that neither a live session of the user ({"session_id": …}) nor the product itself ({"internal": what for}) makes; null for one that may go on. A caller that says neither is refused.';

alter table public.audit_logs enable row level security;
alter table public.audit_refusals enable row level security;

create policy "admins read the audit log"
on public.audit_logs for select to authenticated
using ((select private.is_admin()));

grant select on public.audit_logs to authenticated, service_role;

create policy "admins read repeated refusals"
on public.audit_refusals for select to authenticated
using ((select private.is_admin()));

grant select on public.audit_refusals to authenticated, service_role;
