-- The figures of the business, each defined once. Days are UTC. Read as the caller: row-level security shows admins
-- everybody's rows, and anybody else their own.

create view public.credit_metrics_daily
with (security_invoker = true)
as
select
  t.day,
  t.credit_type,
  coalesce(sum(t.amount) filter (where t.type in ('purchase', 'subscription_grant')), 0) as sold,
  coalesce(sum(t.debt_change - t.amount) filter (where t.type in ('clawback', 'clawback_reversal')), 0) as taken_back,
  coalesce(-sum(t.amount) filter (where t.type = 'deduction'), 0) as charged,
  coalesce(sum(t.amount) filter (where t.type = 'refund'), 0) as refunded,
  coalesce(-sum(t.amount) filter (where t.type in ('deduction', 'refund')), 0) as used,
  coalesce(sum(t.amount) filter (where t.type in ('signup_bonus', 'promotion')), 0) as given,
  coalesce(sum(t.amount) filter (where t.type = 'admin_adjustment'), 0) as adjusted,
  coalesce(-sum(t.amount) filter (where t.type = 'expiry'), 0) as expired,
  coalesce(sum(t.debt_change), 0) as owed,
  sum(t.amount) as change,
  sum(t.transactions)::bigint as transactions,
  coalesce(sum(t.people) filter (where t.type = 'deduction'), 0)::bigint as active_users
from (
  select * from public.credit_days
  union all
  -- Who may not read those of everybody finds none kept, and adds up rows of their own.
  select *
  from public.credit_sums
  where day > coalesce((select max(day) from public.credit_days), '-infinity')
) t
group by t.day, t.credit_type;
comment on view public.credit_metrics_daily is 'What happened to credits on each day, by credit type. A day without any is left out.';
comment on column public.credit_metrics_daily.sold is 'Credits that payments granted, once or by a plan. Neither gifts nor bonuses.';
comment on column public.credit_metrics_daily.taken_back is
  'Credits taken back with a payment that was refunded or disputed, spent ones (which became debt) included, less those returned.';
comment on column public.credit_metrics_daily.charged is 'Credits charged for tools, before any refund.';
comment on column public.credit_metrics_daily.refunded is 'Credits of charges given back that day, whenever they were charged.';
comment on column public.credit_metrics_daily.used is 'Charged less refunded: below zero on a day that gave back more than it charged.';
comment on column public.credit_metrics_daily.given is 'Sign-up bonuses and promotions.';
comment on column public.credit_metrics_daily.adjusted is 'What admins added less what they removed.';
comment on column public.credit_metrics_daily.expired is 'Credits that nobody used before they expired.';
comment on column public.credit_metrics_daily.owed is 'What debts grew by, less what was repaid.';
comment on column public.credit_metrics_daily.change is
  'What all balances together grew by: sold + given + adjusted - used - expired - taken_back + owed.';
comment on column public.credit_metrics_daily.transactions is 'The transaction volume: ledger rows of every type.';
comment on column public.credit_metrics_daily.active_users is 'People who were charged at least once.';

create view public.credit_metrics
with (security_invoker = true)
as
select
  d.credit_type,
  sum(d.sold) as sold,
  sum(d.taken_back) as taken_back,
  sum(d.charged) as charged,
  sum(d.refunded) as refunded,
  sum(d.used) as used,
  sum(d.transactions)::bigint as transactions,
  round(sum(d.used) / nullif(sum(d.active_users), 0), 2) as average_daily_per_user,
  round(sum(d.refunded) / nullif(sum(d.charged), 0), 4) as refund_rate
from public.credit_metrics_daily d
group by d.credit_type;
comment on view public.credit_metrics is 'The same since the beginning, by credit type.';
comment on column public.credit_metrics.average_daily_per_user is
  'Credits used, divided by the days on which each person was charged: what somebody who uses the product uses in a day. Null before the first charge.';
comment on column public.credit_metrics.refund_rate is
  'The refund rate of credits: those given back of those charged, 0 to 1. Null before the first charge.';

create view public.payment_metrics_daily
with (security_invoker = true)
as
select
  (p.charged_at at time zone 'UTC')::date as day,
  p.charged_currency as currency,
  count(*) as payments,
  count(distinct p.user_id) as buyers,
  sum(p.charged_amount) as amount,
  count(*) filter (where p.refunded_amount > 0) as refunded_payments,
  sum(least(p.refunded_amount, p.charged_amount)) as refunded_amount,
  count(*) filter (where p.dispute_status is not null) as disputed_payments,
  count(*) filter (where p.dispute_status in ('lost', 'accepted', 'expired')) as lost_disputes
from public.payments p
where p.status = 'succeeded'
and p.charged_amount > 0
group by 1, 2;
comment on view public.payment_metrics_daily is
  'The payments made on each day, by currency, and what has become of them until now. Trials and other charges of nothing are left out.';
comment on column public.payment_metrics_daily.amount is 'What was charged, tax included, in minor units.';
comment on column public.payment_metrics_daily.refunded_payments is 'Those of which anything was given back, in whole or in part.';
comment on column public.payment_metrics_daily.disputed_payments is 'Those that were ever disputed, however it ended.';
comment on column public.payment_metrics_daily.refunded_amount is 'What was given back of them, in minor units. Disputes are not in it.';

create view public.payment_metrics
with (security_invoker = true)
as
select
  d.currency,
  sum(d.payments)::bigint as payments,
  sum(d.amount) as amount,
  sum(d.refunded_payments)::bigint as refunded_payments,
  sum(d.refunded_amount) as refunded_amount,
  sum(d.lost_disputes)::bigint as lost_disputes,
  round(sum(d.refunded_payments) / nullif(sum(d.payments), 0), 4) as refund_rate,
  round(sum(d.refunded_amount) / nullif(sum(d.amount), 0), 4) as refunded_share
from public.payment_metrics_daily d
group by d.currency;
comment on view public.payment_metrics is 'The same since the beginning, by currency.';
comment on column public.payment_metrics.refund_rate is
  'The refund rate of payments: those of which anything was given back, of all, 0 to 1.';
comment on column public.payment_metrics.refunded_share is 'The money given back of the money charged, 0 to 1.';

create view public.package_metrics
with (security_invoker = true)
as
select
  k.id as package_id,
  k.name,
  k.kind,
  k.credit_type,
  k.active,
  sold.sales,
  sold.recent_sales,
  sold.buyers,
  granted.credits,
  round(sold.refunded::numeric / nullif(sold.sales, 0), 4) as refund_rate,
  rank() over (order by sold.recent_sales desc, sold.sales desc) as popularity
from public.credit_packages k
cross join lateral (
  select
    count(*) as sales,
    count(*) filter (where p.charged_at > now() - interval '30 days') as recent_sales,
    count(distinct p.user_id) as buyers,
    count(*) filter (where p.refunded_amount > 0) as refunded
  from public.payments p
  where p.package_id = k.id
  and p.status = 'succeeded'
  and p.charged_amount > 0
) sold
cross join lateral (
  select coalesce(sum(t.amount), 0) as credits
  from public.credit_transactions t
  where t.id in (
    select p.transaction_id from public.payments p where p.package_id = k.id
    union all
    select period.transaction_id from public.subscription_periods period where period.package_id = k.id
  )
) granted;
comment on view public.package_metrics is 'How each package and plan sells.';
comment on column public.package_metrics.sales is 'Payments for it that succeeded; of a plan, every charge, renewals included.';
comment on column public.package_metrics.recent_sales is 'Those of the last 30 days.';
comment on column public.package_metrics.credits is 'Credits it has granted, whatever was taken back since.';
comment on column public.package_metrics.popularity is
  'Popular packages: 1 is what sold most often in the last 30 days, and of equal ones ever since the beginning.';

grant select on
  public.credit_metrics_daily,
  public.credit_metrics,
  public.payment_metrics_daily,
  public.payment_metrics,
  public.package_metrics
to authenticated, service_role;
