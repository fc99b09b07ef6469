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
  'Who did what to whom, whether it worked, and why. Append-only, and without foreign keys: it outlives what it tells of.';

create index audit_logs_target_idx on public.audit_logs (target_user_id, id desc);

create trigger audit_logs_append_only
before update or delete on public.audit_logs
for each row execute function private.refuse_change();

create trigger audit_logs_no_truncate
before truncate on public.audit_logs
for each statement execute function private.refuse_change();

alter table public.audit_logs enable row level security;

create policy "admins read the audit log"
on public.audit_logs for select to authenticated
using ((select private.is_admin()));

grant select on public.audit_logs to authenticated, service_role;
