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
  'What comparing the provider''s books with ours found, and what was done about it. checked counts what was compared.';

alter table public.reconciliations enable row level security;

create policy "admins read the reconciliations"
on public.reconciliations for select to authenticated
using ((select private.is_admin()));

grant select on public.reconciliations to authenticated, service_role;

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
begin
  insert into public.reconciliations (since, until, actor_id, checked, differences)
  values (p_since, p_until, p_actor_id, p_checked, p_differences)
  returning id into reconciliation_id;
  return jsonb_build_object('ok', true, 'reconciliation_id', reconciliation_id);
end
$$;
comment on function public.record_reconciliation is 'Keeps the report of a reconciliation.';

create function public.claim_payment_check(p_user_id uuid, p_pause interval default '5 seconds')
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  payment public.payments;
begin
  perform private.lock_payer(p_user_id);
  if not exists (
    select from public.payments
    where user_id = p_user_id
    and checked_at > clock_timestamp() - p_pause
  ) then
    update public.payments
    set checked_at = clock_timestamp()
    where id = (
      select p.id
      from public.payments p
      left join public.subscriptions s on s.id = p.subscription_id
      where p.user_id = p_user_id
      -- A checkout can be paid for a day.
      and p.created_at > clock_timestamp() - interval '1 day'
      and (
        p.status in ('pending', 'processing')
        -- The charge of a plan was told of, but not what it was for.
        or p.status = 'succeeded' and s.status = 'pending'
        or p.status = 'succeeded' and s.id is not null and p.charged_amount > 0 and not exists (
          select from public.subscription_periods where payment_id = p.id
        )
      )
      order by p.checked_at nulls first, p.created_at desc
      limit 1
    )
    returning * into payment;
  end if;
  return jsonb_build_object(
    'ok', true,
    'claimed', payment.id is not null,
    'checkout_session_id', payment.checkout_session_id,
    'provider_payment_id', payment.provider_payment_id
  );
end
$$;
comment on function public.claim_payment_check is
  'Which purchase of this user the provider may be asked about now, if any is open: the one not asked about for longest. At most once per p_pause, however many tabs wait.';

revoke execute on function public.record_reconciliation, public.claim_payment_check from public, anon, authenticated;
grant execute on function public.record_reconciliation, public.claim_payment_check to service_role;
