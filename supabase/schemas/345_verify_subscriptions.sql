-- Checks of what subscriptions promise.

create function private.verify_subscriptions(p_user_id uuid)
returns table (invariant text, user_id uuid, credit_type text, transaction_id bigint, detail text)
language sql
stable
set search_path = ''
as $$
  with periods as (
    select t.user_id, t.credit_type, s.provider_subscription_id, p.*
    from public.subscription_periods p
    join public.subscriptions s on s.id = p.subscription_id
    join public.credit_transactions t on t.id = p.transaction_id
    where p_user_id is null or s.user_id = p_user_id
  )
  select 'periods_do_not_overlap', l.user_id, l.credit_type, l.transaction_id,
    format('a period of %s begins at %s, before the one from %s ends', l.provider_subscription_id, l.period_start, e.period_start)
  from periods e
  join periods l
    on l.subscription_id = e.subscription_id
    and l.period_start > e.period_start
    and l.period_start < e.period_end
  union all
  select 'charge_pays_once', p.user_id, p.credit_type, max(p.transaction_id),
    format('%s periods paid by payment %s', count(*), p.payment_id)
  from periods p
  where p.payment_id is not null
  group by p.user_id, p.credit_type, p.payment_id
  having count(*) > 1
  union all
  select 'one_live_subscription', s.user_id, min(k.credit_type), null,
    format('%s live plans: %s', count(*), string_agg(s.provider_subscription_id, ', ' order by s.created_at))
  from public.subscriptions s
  join public.credit_packages k on k.id = s.package_id
  where (p_user_id is null or s.user_id = p_user_id)
  and private.is_live(s)
  group by s.user_id
  having count(*) > 1
$$;
comment on function private.verify_subscriptions is
  'The part of verify_ledger about subscriptions: one live plan per user, periods that do not overlap, and charges that pay for one each.';
