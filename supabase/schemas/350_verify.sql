-- Checks of every invariant.

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
        g.amount - private.expired_credits(own_grant)
      ) as target
    from grants g
    left join public.credit_grants own_grant on own_grant.transaction_id = g.id
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
  -- Payments of the same id at two providers are two.
  having count(*) > greatest(1, (
    select count(*) from public.payments p where p.user_id = t.user_id and p.provider_payment_id = t.reference_id
  ))
  union all
  select 'period_grants_once', t.user_id, t.credit_type, t.id,
    format('a grant of subscription %s for no period', t.reference_id)
  from public.credit_transactions t
  left join public.subscription_periods s on s.transaction_id = t.id
  where (p_user_id is null or t.user_id = p_user_id)
  and t.type = 'subscription_grant'
  and t.reference_type = 'subscription'
  and s.subscription_id is null
  union all
  select p.* from private.verify_subscriptions(p_user_id) p
$$;
comment on function private.verify_money is
  'The part of verify_ledger about payments: one grant each, and what was taken back matches refunds and disputes.';

create function public.verify_ledger(p_user_id uuid default null)
returns table (invariant text, user_id uuid, credit_type text, transaction_id bigint, detail text)
language sql
stable
security definer
set search_path = ''
as $$
  with wallets as (
    select c.*
    from public.credits c
    where p_user_id is null or c.user_id = p_user_id
  ),
  entries as (
    select
      t.*,
      lag(t.balance_after, 1, 0::bigint) over wallet_history as expected_before,
      row_number() over wallet_history as expected_seq
    from public.credit_transactions t
    where p_user_id is null or t.user_id = p_user_id
    window wallet_history as (partition by t.user_id, t.credit_type order by t.seq)
  ),
  sums as (
    select
      e.user_id,
      e.credit_type,
      sum(e.amount) as total,
      max(e.seq) as last_seq,
      coalesce(sum(e.amount) filter (where e.type in ('purchase', 'subscription_grant')), 0) as purchased,
      coalesce(-sum(e.amount) filter (where e.type in ('deduction', 'refund')), 0) as used
    from entries e
    group by e.user_id, e.credit_type
  ),
  grant_totals as (
    select
      g.user_id,
      g.credit_type,
      sum(g.remaining) as remaining,
      min(g.expires_at) filter (where g.remaining > 0) as next_expiry_at
    from public.credit_grants g
    group by g.user_id, g.credit_type
  ),
  charges as (
    select
      t.id,
      t.user_id,
      t.credit_type,
      -t.amount as amount,
      private.refunded(t.id) as refunded
    from public.credit_transactions t
    where t.type = 'deduction'
    and (p_user_id is null or t.user_id = p_user_id)
    and exists (select from public.credit_transactions r where r.reverses = t.id)
  )
  select 'balance_is_sum_of_ledger', w.user_id, w.credit_type, null::bigint,
    format('balance %s, ledger %s', w.balance, coalesce(s.total, 0))
  from wallets w
  left join sums s using (user_id, credit_type)
  where w.balance <> coalesce(s.total, 0)
  union all
  select 'version_is_last_seq', w.user_id, w.credit_type, null,
    format('version %s, last seq %s', w.version, coalesce(s.last_seq, 0))
  from wallets w
  left join sums s using (user_id, credit_type)
  where w.version <> coalesce(s.last_seq, 0)
  union all
  select 'totals_match_ledger', w.user_id, w.credit_type, null,
    format(
      'purchased %s of %s, used %s of %s',
      w.total_purchased, coalesce(s.purchased, 0), w.total_used, coalesce(s.used, 0)
    )
  from wallets w
  left join sums s using (user_id, credit_type)
  where w.total_purchased <> coalesce(s.purchased, 0) or w.total_used <> coalesce(s.used, 0)
  union all
  select 'row_adds_up', e.user_id, e.credit_type, e.id,
    format('%s + %s is not %s', e.balance_before, e.amount, e.balance_after)
  from entries e
  where e.balance_before + e.amount <> e.balance_after
  union all
  select 'row_starts_where_last_ended', e.user_id, e.credit_type, e.id,
    format('starts at %s, last ended at %s', e.balance_before, e.expected_before)
  from entries e
  where e.balance_before <> e.expected_before
  union all
  select 'seq_is_gapless', e.user_id, e.credit_type, e.id, format('seq %s, expected %s', e.seq, e.expected_seq)
  from entries e
  where e.seq <> e.expected_seq
  union all
  select 'grants_within_balance', w.user_id, w.credit_type, null,
    format('grants %s, balance %s', g.remaining, w.balance)
  from wallets w
  join grant_totals g using (user_id, credit_type)
  where g.remaining > w.balance
  union all
  select 'next_expiry_is_of_first_grant', w.user_id, w.credit_type, null,
    format('wallet says %s, grants say %s', w.next_expiry_at, g.next_expiry_at)
  from wallets w
  left join grant_totals g using (user_id, credit_type)
  where w.next_expiry_at is distinct from g.next_expiry_at
  union all
  select 'refunds_within_charge', c.user_id, c.credit_type, c.id,
    format('charged %s, refunded %s', c.amount, c.refunded)
  from charges c
  where c.refunded > c.amount
  union all
  select 'hold_matches_charge', h.user_id, h.credit_type, h.transaction_id,
    format('%s hold of %s, charged %s, refunded %s', h.status, h.amount, -t.amount, private.refunded(t.id))
  from public.credit_holds h
  join public.credit_transactions t on t.id = h.transaction_id
  where (p_user_id is null or h.user_id = p_user_id)
  and case h.status
    when 'open' then h.amount + t.amount <> 0 or private.refunded(t.id) <> 0
    when 'settled' then -t.amount - private.refunded(t.id) > h.settled_amount
    else -t.amount <> private.refunded(t.id)
  end
  union all
  select 'run_matches_holds', r.user_id, r.credit_type, min(h.transaction_id),
    format('run %s is %s and charged %s, its holds %s', r.id, r.status, r.charged, sum(h.settled_amount))
  from public.runs r
  left join public.credit_holds h on h.run_id = r.id
  where p_user_id is null or r.user_id = p_user_id
  group by r.id
  having bool_and((r.finished_at is null) = (h.status = 'open')) is not true
  or coalesce(sum(h.settled_amount), 0) <> r.charged
  union all
  select 'key_is_used_once', t.user_id, min(t.credit_type), max(t.id), format('%s rows for %s', count(*), t.idempotency_key)
  from public.credit_transactions t
  where t.idempotency_key is not null
  and (p_user_id is null or t.user_id = p_user_id)
  group by t.user_id, t.idempotency_key
  having count(*) > 1
  union all
  select m.* from private.verify_money(p_user_id) m
  union all
  select d.* from private.verify_days() d where p_user_id is null
$$;
comment on function public.verify_ledger is
  'Checks every invariant of the engine, for one user or all, and names each row that breaks one. No rows: all hold.';

create function public.check_ledger()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  first_rows constant integer := 20;
  last_result constant jsonb := (select result from public.job_runs where job = 'verify-ledger');
  result jsonb;
begin
  select jsonb_build_object(
    'ok', true,
    'violations', count(*),
    'first', coalesce(
      jsonb_agg(to_jsonb(broken) - 'number' order by broken.number) filter (where broken.number <= first_rows), '[]'
    ),
    'since', case
      when count(*) > 0 then coalesce(last_result ->> 'since', clock_timestamp()::text)
    end
  )
  into result
  from (
    select v.*, row_number() over () as number
    from public.verify_ledger() v
  ) broken;
  return private.end_job('verify-ledger', result);
end
$$;
comment on function public.check_ledger is
  'The daily job: checks every invariant for everybody and keeps the result in job_runs, with the first 20 rows that break one and since when there are any. It reads the whole ledger.';

grant execute on function public.verify_ledger, public.check_ledger to service_role;
