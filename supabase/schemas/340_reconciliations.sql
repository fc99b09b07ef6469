-- What comparing the provider's records with ours found.

create table public.reconciliations (
  id bigint generated always as identity primary key,
  since timestamptz not null,
  until timestamptz not null,
  actor_id uuid,
  checked jsonb not null,
  differences jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.reconciliations is
  'What comparing the provider''s records with ours found, and what was done about it. checked counts what was compared.';

create function public.record_reconciliation(
  p_since timestamptz,
  p_until timestamptz,
  p_checked jsonb,
  p_differences jsonb,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  reconciliation_id bigint;
  refused jsonb;
begin
  if p_actor_id is not null then
    refused := private.refuse_unless_admin('reconciliation.record', null, p_actor_id);
    if refused is not null then
      return refused;
    end if;
  end if;
  insert into public.reconciliations (since, until, actor_id, checked, differences)
  values (p_since, p_until, p_actor_id, p_checked, p_differences)
  returning id into reconciliation_id;
  return jsonb_build_object('ok', true, 'reconciliation_id', reconciliation_id);
end
$$;
comment on function public.record_reconciliation is 'Stores the report of a reconciliation.';

alter table public.reconciliations enable row level security;

create policy "admins read the reconciliations"
on public.reconciliations for select to authenticated
using ((select private.is_admin()));

grant select on public.reconciliations to authenticated, service_role;
grant execute on function public.record_reconciliation to service_role;
