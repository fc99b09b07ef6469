-- The figures of the business over some days, against as many days before. Days are UTC.

create function private.paying_subscriptions(p_at timestamptz)
returns table (user_id uuid, currency text, monthly_price numeric)
language sql
stable
set search_path = ''
as $$
  select
    s.user_id,
    coalesce(m.currency, k.currency),
    coalesce(m.amount, k.price) / case k.billing_interval when 'year' then 12.0 else 1 end
  from public.subscription_periods p
  join public.subscriptions s on s.id = p.subscription_id
  join public.credit_packages k on k.id = p.package_id
  left join public.payments m on m.id = p.payment_id
  where p.period_end > p_at
  and p.period_start <= p_at
  and s.surplus is null
  and not (private.subscription_rank(s.status) = 2 and s.status_at <= p_at)
$$;
comment on function private.paying_subscriptions is
  'The plans whose paid period was running at a point in time, with what one month of each is worth, in minor units: at the price it had when the period was paid, or today''s while its charge is not known. Neither trials nor surplus plans.';

create function private.credit_figures(p_before date, p_since date, p_until date)
returns table (figure text, subject text, is_before boolean, amount numeric)
language sql
stable
set search_path = ''
as $$
  with days as materialized (
    select
      d.credit_type,
      case when d.day < p_since then 1 when d.day < p_until then 0 else -1 end as span,
      sum(d.sold) as sold,
      sum(d.given) as given,
      sum(d.adjusted) as adjusted,
      sum(d.used) as used,
      sum(d.expired) as expired,
      sum(d.taken_back) as taken_back,
      sum(d.owed) as owed,
      sum(d.change) as change
    from public.credit_metrics_daily d
    where d.day >= p_before
    group by 1, 2
  )
  select v.figure, d.credit_type, d.span = 1, v.amount
  from days d
  cross join lateral (
    values
      ('sold', d.sold), ('given', d.given), ('adjusted', d.adjusted), ('used', d.used), ('expired', d.expired),
      ('taken_back', d.taken_back), ('owed', d.owed)
  ) as v (figure, amount)
  where d.span >= 0
  union all
  -- Balances are those of now: what they have grown by since the end of a span is taken off.
  select 'outstanding', c.credit_type, ends.is_before, sum(c.balance) - coalesce((
    select sum(d.change)
    from days d
    where d.credit_type = c.credit_type
    and d.span < ends.span
  ), 0)
  from public.credits c
  cross join (values (false, 0), (true, 1)) as ends (is_before, span)
  group by c.credit_type, ends.is_before, ends.span
$$;
comment on function private.credit_figures is 'The part of business_figures about credits, by credit type.';

create function private.plan_figures(p_before timestamptz, p_since timestamptz, p_until timestamptz)
returns table (figure text, subject text, is_before boolean, amount numeric)
language sql
stable
set search_path = ''
as $$
  with at_end as materialized (select * from private.paying_subscriptions(least(p_until, now()))),
  at_start as materialized (select * from private.paying_subscriptions(p_since)),
  at_first as materialized (select * from private.paying_subscriptions(p_before))
  select 'mrr', e.currency, false, round(sum(e.monthly_price)) from at_end e group by e.currency
  union all
  select 'mrr', s.currency, true, round(sum(s.monthly_price)) from at_start s group by s.currency
  union all
  select 'subscribers', '', false, count(distinct e.user_id) from at_end e
  union all
  select 'subscribers', '', true, count(distinct s.user_id) from at_start s
  union all
  select 'first_subscribers', '', false, count(distinct s.user_id) from at_start s
  union all
  select 'first_subscribers', '', true, count(distinct f.user_id) from at_first f
  union all
  select 'churned', '', false, count(distinct s.user_id)
  from at_start s
  where not exists (select from at_end e where e.user_id = s.user_id)
  union all
  select 'churned', '', true, count(distinct f.user_id)
  from at_first f
  where not exists (select from at_start s where s.user_id = f.user_id)
$$;
comment on function private.plan_figures is
  'The part of business_figures about plans: what they are worth a month and who pays for one, at the end of each span; who did at its start (first_subscribers), and of those who does no longer at its end (churned).';

create function private.people_figures(p_before date, p_since date, p_until date)
returns table (figure text, subject text, is_before boolean, amount numeric)
language sql
stable
set search_path = ''
as $$
  with spans (is_before, since, until) as materialized (
    values
      (false, p_since::timestamp at time zone 'UTC', p_until::timestamp at time zone 'UTC'),
      (true, p_before::timestamp at time zone 'UTC', p_since::timestamp at time zone 'UTC')
  ),
  newcomers as materialized (
    select
      s.is_before,
      (select r.created_at from public.runs r where r.user_id = u.id order by r.id limit 1) < s.until as ran,
      exists (
        select from public.payments p
        where p.user_id = u.id and p.status = 'succeeded' and p.charged_amount > 0 and p.charged_at < s.until
      ) as bought
    from spans s
    join public.profiles u on u.created_at >= s.since and u.created_at < s.until
  ),
  sales as materialized (
    select p.user_id, p.package_id, (p.charged_at at time zone 'UTC')::date < p_since as is_before, count(*) as sales
    from public.payments p
    where p.status = 'succeeded'
    and p.charged_amount > 0
    and (p.charged_at at time zone 'UTC')::date >= p_before
    and (p.charged_at at time zone 'UTC')::date < p_until
    group by 1, 2, 3
  )
  select 'signups', '', n.is_before, count(*) from newcomers n group by n.is_before
  union all
  select 'ran', '', n.is_before, count(*) filter (where n.ran) from newcomers n group by n.is_before
  union all
  select 'bought', '', n.is_before, count(*) filter (where n.bought) from newcomers n group by n.is_before
  union all
  select 'buyers', '', s.is_before, count(distinct s.user_id) from sales s group by s.is_before
  union all
  select 'package_sales', s.package_id, s.is_before, sum(s.sales) from sales s group by s.package_id, s.is_before
  union all
  select v.figure, r.tool, r.is_before, v.amount
  from (
    select r.tool, r.created_at < p_since::timestamp at time zone 'UTC' as is_before, count(*) as runs, sum(r.charged) as charged
    from public.runs r
    where r.created_at >= p_before::timestamp at time zone 'UTC'
    and r.created_at < p_until::timestamp at time zone 'UTC'
    group by 1, 2
  ) r
  cross join lateral (values ('tool_runs', r.runs), ('tool_charged', r.charged)) as v (figure, amount)
$$;
comment on function private.people_figures is
  'The part of business_figures about people: who signed up, who of those ran a tool or bought something within the same span, who paid, and which packages and tools they chose.';

create function public.business_figures(p_since date, p_until date)
returns table (figure text, subject text, amount numeric, amount_before numeric)
language sql
stable
security definer
set search_path = ''
as $$
  with bounds as (
    select
      p_since - (p_until - p_since) as before,
      (p_since - (p_until - p_since))::timestamp at time zone 'UTC' as before_at,
      p_since::timestamp at time zone 'UTC' as since_at,
      p_until::timestamp at time zone 'UTC' as until_at
  ),
  figures as (
    select f.* from bounds b, private.credit_figures(b.before, p_since, p_until) f
    union all
    select f.* from bounds b, private.plan_figures(b.before_at, b.since_at, b.until_at) f
    union all
    select f.* from bounds b, private.people_figures(b.before, p_since, p_until) f
    union all
    select v.figure, d.currency, d.day < p_since, v.amount
    from public.payment_metrics_daily d
    cross join lateral (
      values
        ('revenue', d.amount), ('refunded', d.refunded_amount), ('payments', d.payments),
        ('refunded_payments', d.refunded_payments), ('disputed_payments', d.disputed_payments)
    ) as v (figure, amount)
    where d.day >= (select before from bounds)
    and d.day < p_until
  )
  select
    f.figure,
    f.subject,
    coalesce(sum(f.amount) filter (where not f.is_before), 0),
    coalesce(sum(f.amount) filter (where f.is_before), 0)
  from figures f
  group by f.figure, f.subject
  order by f.figure, f.subject
$$;
comment on function public.business_figures is
  'The figures of the days from p_since until before p_until, and of as many days before them. subject is the currency, credit type, package or tool; money is in minor units.';

grant execute on function public.business_figures to service_role;
