-- What the lists of the admin pages show. Read as the caller: row-level security decides whose rows there are.

-- Everything appears once: what admins do and what was refused from audit_logs, every other change from the ledger.
-- What is told elsewhere is left out around the three, not in each: only then does Postgres merge them by their indexes
-- and read no more than a page. What is the same in all rows of one of them leaves it out where it does not fit a filter.
create view public.audit_trail
with (security_invoker = true)
as
select id, source, number, created_at, actor_id, target_user_id, action, outcome, reason, details
from (
  select
    'ledger:' || t.id as id,
    'ledger' as source,
    t.id as number,
    t.created_at,
    null::uuid as actor_id,
    t.user_id as target_user_id,
    'credits.' || t.type as action,
    'success' as outcome,
    t.description as reason,
    jsonb_strip_nulls(jsonb_build_object(
      'transaction_id', t.id,
      'credit_type', t.credit_type,
      'amount', t.amount,
      'balance', t.balance_after,
      'debt_change', t.debt_change,
      'action', t.action
    )) as details,
    t.actor_id is not null as is_told_elsewhere
  from public.credit_transactions t
  union all
  select
    'log:' || a.id, 'log', a.id, a.created_at, a.actor_id, a.target_user_id, a.action, a.outcome, a.reason, a.details, false
  from public.audit_logs a
  union all
  select
    concat_ws(':', 'repeats', r.target_user_id, r.action, r.code, extract(epoch from r.hour)::bigint),
    'repeats',
    extract(epoch from r.hour)::bigint,
    r.last_refused_at,
    null,
    r.target_user_id,
    r.action,
    'failure',
    r.reason,
    jsonb_build_object('code', r.code, 'repeats', r.repeats, 'since', r.hour),
    r.repeats = 0
  from public.audit_refusals r
) entries
where not is_told_elsewhere;
comment on view public.audit_trail is
  'Every mutation and every refusal, with its reason: the ledger and audit_logs as one, and a row for each refusal that was repeated within the hour.';
comment on column public.audit_trail.source is 'Where it stands: ledger, log or repeats (refusals counted by the hour).';
comment on column public.audit_trail.number is 'Orders what has the same timestamp.';

create view public.payment_overview
with (security_invoker = true)
as
select
  p.id,
  p.created_at,
  p.user_id,
  u.email,
  p.package_id,
  k.name as package_name,
  k.kind,
  p.subscription_id,
  p.status,
  case
    when p.dispute_status in ('opened', 'challenged') then 'disputed'
    when p.dispute_status in ('lost', 'accepted', 'expired') then 'dispute_lost'
    when p.refunded_amount > 0 and p.refunded_amount >= p.charged_amount then 'refunded'
    when p.refunded_amount > 0 then 'partly_refunded'
    when p.status = 'pending' and p.created_at < now() - interval '1 day' then 'abandoned'
    else p.status
  end as state,
  exists (
    select from public.payment_refunds r
    where r.payment_id = p.id
    and r.status in ('requested', 'pending', 'review')
  ) as refund_pending,
  p.charged_at,
  p.dispute_status is not null as was_disputed,
  coalesce(p.charged_amount, p.amount) as amount,
  coalesce(p.charged_currency, p.currency) as currency,
  p.refunded_amount,
  p.credit_type,
  granted.credits as credits_granted,
  granted.taken_back as credits_taken_back,
  concat_ws(' ', u.email, p.provider_payment_id, p.checkout_session_id, s.provider_subscription_id) as search_text
from public.payments p
join public.profiles u on u.id = p.user_id
join public.credit_packages k on k.id = p.package_id
left join public.subscriptions s on s.id = p.subscription_id
cross join lateral (
  select
    coalesce(sum(t.amount), 0)::bigint as credits,
    coalesce(sum((
      select sum(b.debt_change - b.amount)
      from public.credit_transactions b
      where b.reverses = t.id
      and b.type in ('clawback', 'clawback_reversal')
    )), 0)::bigint as taken_back
  from public.credit_transactions t
  where t.id = any(array(
    select p.transaction_id
    union all
    select period.transaction_id from public.subscription_periods period where period.payment_id = p.id
  ))
) granted;
comment on view public.payment_overview is
  'Payments with their user, package, overall state, and the credits granted and taken back.';

create view public.subscription_overview
with (security_invoker = true)
as
select
  s.id,
  s.created_at,
  s.user_id,
  u.email,
  s.package_id,
  k.name as package_name,
  s.status,
  s.current_period_start,
  s.current_period_end,
  s.cancel_at_period_end,
  n.name as scheduled_package_name,
  s.trial,
  s.surplus,
  s.provider_subscription_id,
  concat_ws(' ', u.email, s.provider_subscription_id) as search_text
from public.subscriptions s
join public.profiles u on u.id = s.user_id
join public.credit_packages k on k.id = s.package_id
left join public.credit_packages n on n.id = s.scheduled_package_id;
comment on view public.subscription_overview is 'Subscriptions with their user and the name of the plan.';

grant select on 
  public.audit_trail,
  public.payment_overview,
  public.subscription_overview
to authenticated, service_role;
