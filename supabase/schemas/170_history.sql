-- Reading a wallet: pages of its ledger and its usage. Both run with the caller's own rights.

create function private.first_seq_since(p_user_id uuid, p_credit_type text, p_at timestamptz)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  low bigint := 1;
  high bigint;
  middle bigint;
  middle_time timestamptz;
begin
  select version + 1 into high
  from public.credits
  where user_id = p_user_id
  and credit_type = p_credit_type;
  -- Within a wallet created_at grows with seq, so a binary search finds it in some twenty lookups, and needs no index.
  while low < high loop
    middle := (low + high) / 2;
    select created_at into middle_time
    from public.credit_transactions
    where user_id = p_user_id
    and credit_type = p_credit_type
    and seq = middle;
    if middle_time < p_at then
      low := middle + 1;
    else
      high := middle;
    end if;
  end loop;
  return low;
end
$$;
comment on function private.first_seq_since is 'The seq of the first row of a wallet written at or after a timestamp.';

create function public.transaction_history(
  p_user_id uuid,
  p_credit_type text default 'general',
  p_types text[] default null,
  p_action text default null,
  p_from timestamptz default null,
  p_to timestamptz default null,
  p_before_seq bigint default null,
  p_limit integer default 20,
  p_offset integer default 0
)
returns setof public.credit_transactions
language plpgsql
stable
set search_path = ''
as $$
declare
  first_seq bigint := 1;
  end_seq bigint := coalesce(p_before_seq, 9223372036854775807);
  page_size constant integer := least(greatest(p_limit, 1), 1000);
  skipped constant integer := least(greatest(p_offset, 0), 10000);
begin
  if p_from is not null then
    first_seq := private.first_seq_since(p_user_id, p_credit_type, p_from);
  end if;
  if p_to is not null then
    end_seq := least(end_seq, private.first_seq_since(p_user_id, p_credit_type, p_to));
  end if;
  if not 'deduction' = any (p_types) then
    -- Rare types have their own index, which finds them without passing the deductions.
    return query
    select t.*
    from (select distinct unnest(p_types) as type) wanted
    cross join lateral (
      select *
      from public.credit_transactions e
      where e.user_id = p_user_id
      and e.credit_type = p_credit_type
      and e.type = wanted.type
      and e.type <> 'deduction'
      and e.seq >= first_seq
      and e.seq < end_seq
      and (p_action is null or e.action = p_action)
      order by e.seq desc
      limit page_size + skipped
    ) t
    order by t.seq desc
    limit page_size
    offset skipped;
  else
    return query
    select *
    from public.credit_transactions t
    where t.user_id = p_user_id
    and t.credit_type = p_credit_type
    and t.seq >= first_seq
    and t.seq < end_seq
    and (p_types is null or t.type = any (p_types))
    and (p_action is null or t.action = p_action)
    order by t.seq desc
    limit page_size
    offset skipped;
  end if;
end
$$;
comment on function public.transaction_history is
  'A page of a wallet''s ledger, newest first: from p_from (inclusive) to p_to (exclusive), rows before p_before_seq, p_offset of them (10,000 at most) left out. Runs with the caller''s own rights.';

create function public.usage_stats(
  p_user_id uuid,
  p_credit_type text default 'general',
  p_from timestamptz default null,
  p_to timestamptz default null
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with bounds as (
    select
      coalesce(p_from, c.created_at) as starts_at,
      coalesce(p_to, clock_timestamp()) as ends_at,
      private.first_seq_since(p_user_id, p_credit_type, coalesce(p_from, '-infinity')) as first_seq,
      private.first_seq_since(p_user_id, p_credit_type, coalesce(p_to, 'infinity')) as end_seq
    from public.credits c
    where c.user_id = p_user_id
    and c.credit_type = p_credit_type
  ),
  entries as materialized (
    select t.type, t.amount, t.action, (t.created_at at time zone 'UTC')::date as day
    from public.credit_transactions t, bounds
    where t.user_id = p_user_id
    and t.credit_type = p_credit_type
    and t.seq >= bounds.first_seq
    and t.seq < bounds.end_seq
  ),
  totals as (
    select
      coalesce(-sum(amount) filter (where type = 'deduction'), 0) as charged,
      coalesce(sum(amount) filter (where type = 'refund'), 0) as refunded,
      coalesce(sum(amount) filter (where type in ('purchase', 'subscription_grant')), 0) as purchased,
      count(*) filter (where type = 'deduction') as charges
    from entries
  )
  select jsonb_build_object(
    'from', bounds.starts_at,
    'to', bounds.ends_at,
    'total_used', totals.charged - totals.refunded,
    'total_purchased', totals.purchased,
    'total_refunded', totals.refunded,
    'count', totals.charges,
    'average_per_day', round(
      (totals.charged - totals.refunded)
      / greatest(ceil(extract(epoch from bounds.ends_at - bounds.starts_at) / 86400), 1),
      2
    ),
    'by_day', coalesce((
      select jsonb_agg(jsonb_build_object('day', day, 'used', used, 'count', charges) order by day)
      from (
        select day, -sum(amount) as used, count(*) filter (where type = 'deduction') as charges
        from entries
        where type in ('deduction', 'refund')
        group by day
      ) days
    ), '[]'),
    'by_action', coalesce((
      select jsonb_agg(jsonb_build_object('action', action, 'used', used, 'count', charges) order by used desc, action)
      from (
        select action, -sum(amount) as used, count(*) filter (where type = 'deduction') as charges
        from entries
        where type in ('deduction', 'refund')
        group by action
      ) actions
    ), '[]')
  )
  from bounds, totals
$$;
comment on function public.usage_stats is
  'What a wallet spent (net of refunds), bought and got back in a period, by UTC day and by action. Null without a wallet. Runs with the caller''s own rights.';

grant execute on function
  private.first_seq_since,
  public.transaction_history,
  public.usage_stats
to authenticated, service_role;
