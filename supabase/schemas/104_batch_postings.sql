-- What a batch writes: every ledger row in one insert, and every wallet once.

create function private.expire_due_of_batch(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_wallets public.credits[],
  p_at timestamptz
)
returns public.credits[]
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from unnest(p_wallets) w where w.next_expiry_at <= p_at) then
    return p_wallets;
  end if;
  return (
    select array_agg(
      case
        when w.next_expiry_at <= p_at and exists (
          select
          from unnest(p_entries, p_outcomes) e
          where e.user_id = w.user_id
          and e.credit_type = w.credit_type
          and e.is_posted
        ) then private.expire_due(w, p_at)
        else w
      end
    )
    from unnest(p_wallets) w
  );
end
$$;
comment on function private.expire_due_of_batch is
  'Posts what is due in the wallets of a batch that something is posted to, and returns the wallets as they are then.';

-- Arrays tell the planner nothing about how many they hold, and a nested loop over two of them is quadratic.
create function private.number_batch(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_wallets public.credits[]
)
returns private.batch_outcome[]
language plpgsql
set search_path = ''
set enable_nestloop = off
as $$
begin
  return (
    with posted as (
      select
        e.position,
        e.user_id,
        e.credit_type,
        -e.amount as spent,
        sum(-e.amount) over wallet as spent_to,
        w.version + row_number() over wallet as seq,
        (w.balance - e.amount + sum(e.amount) over wallet)::bigint as balance_before,
        w.next_expiry_at is not null and e.amount < 0 as burns
      from unnest(p_entries, p_outcomes) e
      join unnest(p_wallets) w on w.user_id = e.user_id and w.credit_type = e.credit_type
      where e.is_posted
      window wallet as (partition by e.user_id, e.credit_type order by e.position)
    ),
    numbered as materialized (
      select p.*, nextval('public.credit_transactions_id_seq') as transaction_id
      from (select * from posted order by position) p
    ),
    open_grants as (
      select
        g.*,
        sum(g.remaining) over (
          partition by g.user_id, g.credit_type
          order by g.priority, g.expires_at, g.id
        ) as remaining_to
      from unnest(p_wallets) w
      cross join lateral (
        select *
        from public.credit_grants
        where user_id = w.user_id
        and credit_type = w.credit_type
        and remaining > 0
        and w.next_expiry_at is not null
        offset 0
      ) g
    ),
    burned as (
      select
        n.position,
        jsonb_agg(
          jsonb_build_object(
            'grant', g.id,
            'amount', least(n.spent_to, g.remaining_to) - greatest(n.spent_to - n.spent, g.remaining_to - g.remaining)
          )
          order by g.remaining_to
        ) as grants
      from numbered n
      join open_grants g on g.user_id = n.user_id and g.credit_type = n.credit_type
      where n.burns
      and g.remaining_to - g.remaining < n.spent_to
      and n.spent_to - n.spent < g.remaining_to
      group by n.position
    )
    select
      array_agg(
        row(
          e.is_posted, e.refusal, e.allowed, e.earlier_id, e.repeats, n.transaction_id, n.seq, n.balance_before,
          b.grants, e.result
        )::private.batch_outcome
        order by e.position
      )
    from unnest(p_entries, p_outcomes) e
    left join numbered n on n.position = e.position
    left join burned b on b.position = e.position
  );
end
$$;
comment on function private.number_batch is
  'Gives each entry that is posted its row: id, place in its wallet, balance before it, and which grants it burns, each burning where the one before it stopped.';

create function private.queue_low_balance_mails(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_wallets public.credits[]
)
returns void
language plpgsql
set search_path = ''
set enable_nestloop = off
as $$
declare
  crossing record;
  wallet public.credits;
begin
  for crossing in
    select w as wallet, e.seq, e.balance_before, e.balance_before + e.amount as balance_after
    from unnest(p_entries, p_outcomes) e
    join unnest(p_wallets) w on w.user_id = e.user_id and w.credit_type = e.credit_type
    where e.is_posted
    and least(e.balance_before, e.balance_before + e.amount) < w.low_balance_threshold
    and case
      when e.amount < 0 then exists (
        select
        from unnest(w.low_balance_threshold || w.lower_thresholds) threshold
        where threshold > e.balance_before + e.amount
        and threshold <= e.balance_before
      )
      else exists (
        select from public.mails m where m.user_id = e.user_id and m.kind = 'low_balance' and m.status = 'waiting'
      )
    end
    order by e.position
  loop
    wallet := crossing.wallet;
    wallet.balance := crossing.balance_before;
    wallet.version := crossing.seq - 1;
    perform private.queue_low_balance_mail(wallet, crossing.balance_after);
  end loop;
end
$$;
comment on function private.queue_low_balance_mails is
  'Calls queue_low_balance_mail for the entries of a batch that cross a threshold: at most one a threshold on the way down.';

create function private.post_batch(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_wallets public.credits[]
)
returns void
language plpgsql
set search_path = ''
set enable_nestloop = on
set enable_seqscan = off
as $$
declare
  -- One for all: within a wallet it grows with seq.
  posted_at constant timestamptz := clock_timestamp();
begin
  -- In the order of the keys: two batches that meet in the index of keys never wait for each other in a circle.
  insert into public.credit_transactions (
    id, user_id, credit_type, seq, type, amount, balance_before, balance_after, action, description, reference_id,
    reference_type, burned_grants, idempotency_key, request_hash, metadata, created_at
  )
  overriding system value
  select
    e.transaction_id, e.user_id, e.credit_type, e.seq, e.type, e.amount, e.balance_before, e.balance_before + e.amount,
    e.action, e.description, e.reference_id, e.reference_type, e.burned_grants, e.idempotency_key, e.request_hash,
    e.metadata, posted_at
  from unnest(p_entries, p_outcomes) e
  where e.is_posted
  order by e.user_id, e.idempotency_key, e.transaction_id;

  if exists (select from unnest(p_wallets) w where w.next_expiry_at is not null) then
    update public.credit_grants g
    set remaining = g.remaining - burned.amount
    from (
      select (burn ->> 'grant')::bigint as id, sum((burn ->> 'amount')::bigint)::bigint as amount
      from unnest(p_outcomes) o
      cross join jsonb_array_elements(o.burned_grants) burn
      group by 1
    ) burned
    where g.id = burned.id;
  end if;
  insert into public.credit_grants (
    user_id, credit_type, transaction_id, amount, remaining, priority, expires_at, source
  )
  select
    e.user_id, e.credit_type, e.transaction_id, e.amount, e.amount, e.priority, e.expires_at,
    coalesce(e.description, e.action)
  from unnest(p_entries, p_outcomes) e
  where e.is_posted
  and e.expires_at is not null
  order by e.position;

  update public.credits c
  set
    balance = c.balance + changed.amount,
    total_purchased = c.total_purchased + changed.purchased,
    total_used = c.total_used + changed.used,
    version = c.version + changed.rows,
    next_expiry_at = case
      when c.next_expiry_at is not null or changed.expires then private.next_expiry(c.user_id, c.credit_type)
    end,
    updated_at = posted_at
  from (
    select
      e.user_id,
      e.credit_type,
      sum(e.amount)::bigint as amount,
      coalesce(sum(e.amount) filter (where e.type in ('purchase', 'subscription_grant')), 0)::bigint as purchased,
      coalesce(sum(-e.amount) filter (where e.type = 'deduction'), 0)::bigint as used,
      count(*) as rows,
      bool_or(e.expires_at is not null) as expires
    from unnest(p_entries, p_outcomes) e
    where e.is_posted
    group by e.user_id, e.credit_type
  ) changed
  where c.user_id = changed.user_id
  and c.credit_type = changed.credit_type;

  perform private.queue_low_balance_mails(p_entries, p_outcomes, p_wallets);
end
$$;
comment on function private.post_batch is
  'Writes the numbered entries of a batch: ledger rows, grants and the locked wallets, as post_transaction does for one.';
