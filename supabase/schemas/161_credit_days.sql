-- What the ledger rows of each day add up to. Days are UTC. Of days that are over the sums are kept, so that the figures of
-- a year do not read the ledger of a year.

create view public.credit_sums
with (security_invoker = true)
as
select
  (created_at at time zone 'UTC')::date as day,
  credit_type,
  type,
  sum(amount) as amount,
  coalesce(sum(debt_change), 0) as debt_change,
  count(*) as transactions,
  count(distinct user_id) as people
from public.credit_transactions
group by 1, 2, 3;
comment on view public.credit_sums is 'The ledger, added up by day, credit type and type.';

create table public.credit_days (
  day date not null,
  credit_type text not null references public.credit_types (id),
  type text not null,
  amount bigint not null,
  debt_change bigint not null,
  transactions bigint not null,
  people bigint not null,
  primary key (day, credit_type, type)
);
comment on table public.credit_days is
  'credit_sums of the days until the last one in here, as sum_up_days kept them: the ledger is append-only, so they stay true.';

alter table public.credit_days enable row level security;

create policy "admins read the sums of days"
on public.credit_days for select to authenticated
using ((select private.is_admin()));

create function public.sum_up_days(p_limit integer default 100)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  kept_until constant date := coalesce((select max(day) from public.credit_days), '-infinity');
  -- Yesterday can wait: a row is written before its transaction ends, which may be after midnight.
  today constant date := (clock_timestamp() at time zone 'UTC')::date;
  first_day constant date := (
    select (min(created_at) at time zone 'UTC')::date
    from public.credit_transactions
    where created_at >= (kept_until + 1)::timestamp at time zone 'UTC'
  );
  added integer;
begin
  with kept as (
    insert into public.credit_days (day, credit_type, type, amount, debt_change, transactions, people)
    select s.day, s.credit_type, s.type, s.amount, s.debt_change, s.transactions, s.people
    from public.credit_sums s
    where s.day >= first_day
    and s.day < least(first_day + p_limit, today - 1)
    -- Of two jobs at once, the second finds what the first has kept.
    on conflict do nothing
    returning day
  )
  select count(distinct day) into added from kept;
  return private.end_job('sum-up-days', jsonb_build_object('ok', true, 'days', added));
end
$$;
comment on function public.sum_up_days is
  'Keeps the sums of the days that are over, up to p_limit of them in a row, the oldest first.';

create function private.verify_days()
returns table (invariant text, user_id uuid, credit_type text, transaction_id bigint, detail text)
language sql
stable
set search_path = ''
as $$
  select 'days_match_ledger', null::uuid, coalesce(d.credit_type, s.credit_type), null::bigint,
    format('%s, %s: %s kept, %s in the ledger', coalesce(d.day, s.day), coalesce(d.type, s.type), to_jsonb(d), to_jsonb(s))
  from public.credit_days d
  full join (
    select * from public.credit_sums where day <= (select max(day) from public.credit_days)
  ) s on (s.day, s.credit_type, s.type) = (d.day, d.credit_type, d.type)
  where (s.amount, s.debt_change, s.transactions, s.people)
    is distinct from (d.amount::numeric, d.debt_change::numeric, d.transactions, d.people)
$$;
comment on function private.verify_days is 'The part of verify_ledger about the sums of days that are kept.';

grant select on public.credit_sums, public.credit_days to authenticated, service_role;
grant execute on function public.sum_up_days to service_role;
