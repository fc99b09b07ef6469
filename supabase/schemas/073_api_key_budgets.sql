-- What the runs of a key cost, and how much they may.

create table public.api_key_usage (
  api_key_id bigint not null references public.api_keys (id) on delete cascade,
  credit_type text not null references public.credit_types (id),
  day date not null,
  used bigint not null constraint api_key_usage_not_negative check (used >= 0),
  primary key (api_key_id, credit_type, day)
);
comment on table public.api_key_usage is
  'Credits that the runs of a key took, by the UTC day they were taken; what is given back is taken off that day again. Written under the lock of the wallet that pays.';

create index api_key_usage_credit_type_idx on public.api_key_usage (credit_type);

create view public.api_key_budgets with (security_invoker = true) as
select
  k.id as api_key_id,
  k.owner_id,
  t.id as credit_type,
  b.period,
  b.budget,
  coalesce(u.used, 0)::bigint as used,
  greatest(b.budget - coalesce(u.used, 0), 0)::bigint as remaining,
  b.resets_at
from public.api_keys k
cross join public.credit_types t
cross join lateral (select date_trunc('day', clock_timestamp(), 'UTC') as today, date_trunc('month', clock_timestamp(), 'UTC') as month) n
cross join lateral (
  values
    ('day', k.budget_per_day, n.today, n.today + interval '1 day'),
    ('month', k.budget_per_month, n.month, (n.month at time zone 'UTC' + interval '1 month') at time zone 'UTC'),
    ('total', k.budget_total, null, null)
) b (period, budget, since, resets_at)
cross join lateral (
  select sum(s.used) as used
  from public.api_key_usage s
  where s.api_key_id = k.id
  and s.credit_type = t.id
  and (b.since is null or s.day >= (b.since at time zone 'UTC')::date)
) u
where b.budget is not null;
comment on view public.api_key_budgets is
  'The budgets of each key with what is used and what is left, for each credit type. What a charge is checked against, too.';

create function private.refuse_over_budget(
  p_audit_action text,
  p_api_key_id bigint,
  p_credit_type text,
  p_amount bigint
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  budget record;
begin
  select * into budget
  from public.api_key_budgets
  where api_key_id = p_api_key_id
  and credit_type = p_credit_type
  and remaining < p_amount
  -- The one that lasts longest: waiting for another would not help.
  order by resets_at desc nulls first
  limit 1;
  if not found then
    return null;
  end if;
  return private.refuse(
    p_audit_action, budget.owner_id, 'budget_exceeded',
    format(
      'This takes %s credits, and the budget of this API key has %s left %s.', p_amount, budget.remaining,
      case budget.period when 'day' then 'today' when 'month' then 'this month' else 'in total' end
    ),
    jsonb_build_object(
      'required', p_amount, 'remaining', budget.remaining, 'budget', budget.budget, 'period', budget.period,
      'resets_at', budget.resets_at
    )
  );
end
$$;
comment on function private.refuse_over_budget is
  'The refusal of a charge that a budget of the key does not cover; null for one that all cover. Call it with the wallet locked.';

create function private.count_key_usage(p_api_key_id bigint, p_credit_type text, p_amount bigint, p_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Never below zero: what insert proposes is checked before the conflict is seen.
  insert into public.api_key_usage as kept (api_key_id, credit_type, day, used)
  values (p_api_key_id, p_credit_type, (p_at at time zone 'UTC')::date, greatest(p_amount, 0))
  on conflict (api_key_id, credit_type, day) do update
  set used = kept.used + p_amount;
  if p_amount > 0 then
    perform private.queue_mail(
      b.owner_id,
      'key_budget',
      -- Once for each budget, period and threshold.
      format(
        'key_budget:%s:%s:%s:%s:%s:%s', b.api_key_id, b.credit_type, b.period, b.budget, coalesce(b.resets_at::date::text, 'ever'), t.percent
      ),
      jsonb_build_object(
        'key_name', k.name, 'percent', t.percent, 'period', b.period, 'budget', b.budget, 'used', b.used,
        'credit_type', b.credit_type
      )
    )
    from public.api_key_budgets b
    join public.api_keys k on k.id = b.api_key_id
    cross join lateral (
      select max(percent) as percent
      from unnest(array[50, 80, 90, 100]) percent
      -- Compared so that no budget overflows; only what this charge has crossed.
      where b.used >= b.budget::numeric * percent / 100
      and b.used - p_amount < b.budget::numeric * percent / 100
    ) t
    where b.api_key_id = p_api_key_id
    and b.credit_type = p_credit_type
    and t.percent is not null;
  end if;
end
$$;
comment on function private.count_key_usage is
  'Counts what a key spent (or, below zero, what a run gave back) on the day it was taken, and emails its owner when a budget is used to 50, 80, 90 and 100 percent: each once, and the highest alone when several are crossed. Call it with the wallet locked.';

alter table public.api_key_usage enable row level security;

create policy "people read what their own keys used, admins all"
on public.api_key_usage for select to authenticated
using (exists (select from public.api_keys k where k.id = api_key_id));

grant select on public.api_key_usage, public.api_key_budgets to authenticated, service_role;
