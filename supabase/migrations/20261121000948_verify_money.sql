create function private.verify_money(p_user_id uuid)
returns table (invariant text, user_id uuid, credit_type text, transaction_id bigint, detail text)
language sql
stable
set search_path = ''
as $$
  with debts as (
    select c.user_id, c.credit_type, c.balance, c.debt, coalesce(sum(t.debt_change), 0) as booked
    from public.credits c
    left join public.credit_transactions t
      on t.user_id = c.user_id
      and t.credit_type = c.credit_type
      and t.type in ('clawback', 'clawback_reversal', 'debt_repayment')
    where p_user_id is null or c.user_id = p_user_id
    group by c.user_id, c.credit_type
  ),
  grants as (
    select t.id, t.user_id, t.credit_type, t.amount, p as payment
    from public.credit_transactions t
    join public.payments p on p.transaction_id = t.id
    where p_user_id is null or t.user_id = p_user_id
    union all
    select t.id, t.user_id, t.credit_type, t.amount, p
    from public.subscription_periods s
    join public.credit_transactions t on t.id = s.transaction_id
    left join public.payments p on p.id = s.payment_id
    where p_user_id is null or t.user_id = p_user_id
  ),
  returns as (
    select
      g.id,
      g.user_id,
      g.credit_type,
      private.clawed_back(g.id) as taken,
      least(
        case when (g.payment).id is null then 0 else private.clawback_target(g.payment, g.amount) end,
        g.amount - private.expired_of(lot)
      ) as target
    from grants g
    left join public.credit_grants lot on lot.transaction_id = g.id
  )
  select 'debt_matches_ledger', d.user_id, d.credit_type, null::bigint,
    format('debt %s, ledger %s', d.debt, d.booked)
  from debts d
  where d.debt <> d.booked
  union all
  select 'debt_is_repaid_first', d.user_id, d.credit_type, null,
    format('balance %s beside a debt of %s', d.balance, d.debt)
  from debts d
  where d.debt > 0 and d.balance > 0
  union all
  select 'clawback_matches_money', r.user_id, r.credit_type, r.id,
    format('%s taken back, %s due', r.taken, r.target)
  from returns r
  where r.taken <> r.target
  union all
  select 'payment_grants_once', p.user_id, p.credit_type, p.transaction_id,
    format('payment %s is %s and its ledger row says %s', p.id, p.status, coalesce(t.reference_id, 'nothing'))
  from public.payments p
  left join public.credit_transactions t on t.id = p.transaction_id
  where (p_user_id is null or p.user_id = p_user_id)
  and p.status = 'succeeded'
  and p.subscription_id is null
  and t.reference_id is distinct from p.provider_payment_id
  union all
  select 'payment_grants_once', t.user_id, t.credit_type, max(t.id),
    format('%s grants for payment %s', count(*), t.reference_id)
  from public.credit_transactions t
  where (p_user_id is null or t.user_id = p_user_id)
  and t.type = 'purchase'
  and t.reference_type = 'payment'
  group by t.user_id, t.credit_type, t.reference_id
  having count(*) > 1
  union all
  select 'period_grants_once', t.user_id, t.credit_type, t.id,
    format('a grant of subscription %s for no period', t.reference_id)
  from public.credit_transactions t
  left join public.subscription_periods s on s.transaction_id = t.id
  where (p_user_id is null or t.user_id = p_user_id)
  and t.type = 'subscription_grant'
  and t.reference_type = 'subscription'
  and s.subscription_id is null
$$;
comment on function private.verify_money is
  'The part of verify_ledger about payments: one grant each, and what was taken back is what refunds and disputes ask for.';
