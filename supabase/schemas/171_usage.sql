-- What a wallet's page says of it: what was used, by the days of its reader, and what the balance is made of. All of it
-- runs with the caller's own rights.

create function public.usage_by_day(
  p_user_id uuid,
  p_credit_type text,
  p_days integer,
  p_time_zone text default 'UTC',
  p_last_day date default null
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  last_day date;
  first_day date;
  first_day_before date;
  first_seq bigint;
  end_seq bigint;
begin
  if p_days is null or p_days not between 1 and 366 then
    raise exception 'Usage is told of 1 to 366 days.' using errcode = 'invalid_parameter_value';
  end if;
  -- Postgres would take an offset too, but reads +02:00 as two hours behind UTC, as POSIX has it.
  if p_time_zone is null or p_time_zone !~ '^[A-Za-z][A-Za-z0-9_/+-]{0,63}$' then
    raise exception 'A time zone is named as Europe/Berlin is.' using errcode = 'invalid_parameter_value';
  end if;
  -- An unknown name is refused here: time zone "…" not recognized.
  last_day := coalesce(p_last_day, (clock_timestamp() at time zone p_time_zone)::date);
  first_day := last_day - p_days + 1;
  first_day_before := first_day - p_days;
  -- A day further on both sides: where a clock is set back at midnight, a day has two of them.
  first_seq := private.first_seq_since(p_user_id, p_credit_type, (first_day_before - 1)::timestamp at time zone p_time_zone);
  end_seq := private.first_seq_since(p_user_id, p_credit_type, (last_day + 2)::timestamp at time zone p_time_zone);
  return (
    with changes as (
      select
        date_bin('15 minutes', t.created_at, 'epoch') as quarter_hour,
        t.action,
        -t.amount as used,
        1 as charges
      from public.credit_transactions t
      where t.user_id = p_user_id
      and t.credit_type = p_credit_type
      and t.seq >= first_seq
      and t.seq < end_seq
      and t.type = 'deduction'
      union all
      select date_bin('15 minutes', charge.created_at, 'epoch'), charge.action, -refund.amount, 0
      from public.credit_transactions refund
      join public.credit_transactions charge on charge.id = refund.reverses
      where refund.user_id = p_user_id
      and refund.credit_type = p_credit_type
      and refund.type = 'refund'
      -- Leads to the index of the rare types.
      and refund.type <> 'deduction'
      and refund.seq > first_seq
      and charge.seq >= first_seq
      and charge.seq < end_seq
    ),
    -- The days of every zone begin with a quarter of an hour. Looking the zone up for each row would cost as much as reading it.
    quarter_hours as (
      select quarter_hour, action, sum(used) as used, sum(charges) as charges
      from changes
      group by quarter_hour, action
    ),
    totals as (
      select local.day, action, sum(used) as used, sum(charges) as charges
      from quarter_hours
      cross join lateral (select (quarter_hour at time zone p_time_zone)::date as day) local
      where local.day between first_day_before and last_day
      group by local.day, action
    ),
    summary as (
      select
        coalesce(sum(used) filter (where day >= first_day), 0) as used,
        coalesce(sum(used) filter (where day < first_day), 0) as used_before,
        last_day - min(day) filter (where day >= first_day) + 1 as days_in_use
      from totals
    )
    select jsonb_build_object(
      'first_day', first_day,
      'last_day', last_day,
      'used', summary.used,
      'used_before', summary.used_before,
      'average_per_day', round(summary.used / summary.days_in_use, 2),
      'days', coalesce((
        select jsonb_agg(
          jsonb_build_object('day', day, 'action', action, 'used', used, 'count', charges)
          order by day, used desc, action
        )
        from totals
        where day >= first_day
      ), '[]')
    )
    from summary
  );
end
$$;
comment on function public.usage_by_day is
  'What a wallet used, less what was refunded, on each of so many days up to p_last_day (today by default), by action: used and count of charges, and used_before, of as many days before. Days are those of p_time_zone; a refund counts on the day of its charge. average_per_day counts from the first of these days with a charge, and is null without one.';

create function public.balance_parts(p_user_id uuid, p_credit_type text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with wallet as (
    select c.balance, c.total_used
    from public.credits c
    where c.user_id = p_user_id
    and c.credit_type = p_credit_type
  ),
  due as (
    select coalesce(sum(g.remaining), 0) as credits
    from public.credit_grants g
    where g.user_id = p_user_id
    and g.credit_type = p_credit_type
    and g.remaining > 0
    and g.expires_at <= clock_timestamp()
  ),
  -- Every type but charges and their refunds, of which there are many and whose sum the wallet keeps: two stretches of
  -- the index of the rare types.
  others as (
    select t.type, t.amount
    from public.credit_transactions t
    where t.user_id = p_user_id
    and t.credit_type = p_credit_type
    and t.type <> 'deduction'
    and t.type < 'refund'
    union all
    select t.type, t.amount
    from public.credit_transactions t
    where t.user_id = p_user_id
    and t.credit_type = p_credit_type
    and t.type <> 'deduction'
    and t.type > 'refund'
    union all
    select 'expiry', -due.credits
    from due
  ),
  sums as (
    select type, sum(amount) as credits
    from others
    group by type
    having sum(amount) <> 0
  )
  select jsonb_build_object(
    'balance', wallet.balance - due.credits,
    'used', wallet.total_used,
    'parts', coalesce((select jsonb_object_agg(type, credits) from sums), '{}')
  )
  from wallet, due
$$;
comment on function public.balance_parts is
  'What a balance is made of: the credits of each type of the ledger (used ones, less what was refunded, apart) that add up to it. Credits that are due to expire count as expired, swept or not. Null without a wallet.';

grant execute on function
  public.balance_parts,
  public.usage_by_day
to authenticated, service_role;
