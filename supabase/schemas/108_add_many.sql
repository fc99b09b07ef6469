-- Many additions in one transaction.

create function private.open_wallets(p_entries jsonb)
returns public.credits[]
language plpgsql
set search_path = ''
-- A few look-ups by index, whatever the planner thinks of the tables.
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
  opened public.credits[];
begin
  with missing as (
    select distinct e.user_id, coalesce(e.credit_type, 'general') as credit_type
    from jsonb_to_recordset(p_entries) as e (user_id uuid, credit_type text)
    join public.profiles p on p.id = e.user_id
    join public.credit_types t on t.id = coalesce(e.credit_type, 'general')
    where not exists (
      select from public.credits c where c.user_id = e.user_id and c.credit_type = coalesce(e.credit_type, 'general')
    )
  ),
  inserted as (
    insert into public.credits (user_id, credit_type)
    select user_id, credit_type from missing order by user_id, credit_type
    on conflict do nothing
    returning *
  )
  select array_agg(i::public.credits) into opened from inserted i;
  return opened;
end
$$;
comment on function private.open_wallets is
  'Creates the wallets that a batch lacks, of users and credit types that exist, and returns them: close_unused_wallets takes those back that nothing came into. Call it before any wallet is locked, so that nobody waits in a circle.';

create function private.close_unused_wallets(p_opened public.credits[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_opened is not null then
    delete from public.credits c
    using unnest(p_opened) opened
    where c.user_id = opened.user_id
    and c.credit_type = opened.credit_type
    and c.version = 0;
  end if;
end
$$;
comment on function private.close_unused_wallets is
  'Deletes wallets that this transaction opened and added nothing to: a refusal opens no wallet.';

create function private.read_additions(p_entries jsonb, p_wallets public.credits[], p_at timestamptz)
returns private.batch_entry[]
language plpgsql
set search_path = ''
set enable_nestloop = off
as $$
begin
  return (
    select array_agg(
      row(
        e.position, e.user_id, e.credit_type, e.type, e.amount, e.action, e.description, e.reference_id,
        e.reference_type, e.idempotency_key,
        coalesce(
          e.request_hash,
          md5(row('add', e.type, e.amount, e.credit_type, e.action, e.reference_id, e.expires_at, e.priority)::text)
        ),
        coalesce(e.metadata, '{}'), e.expires_at, e.priority,
        case
          when (e.amount between 1 and private.max_amount()) is not true then 'invalid_amount'
          when e.type not in ('purchase', 'subscription_grant', 'signup_bonus', 'promotion') then 'invalid_type'
          when not private.is_key_bounded(e.idempotency_key) then 'invalid_key'
        end,
        case
          when e.expires_at <= p_at then 'already_expired'
          when w.user_id is null then case
            when exists (select from public.profiles p where p.id = e.user_id) then 'unknown_credit_type'
            else 'user_not_found'
          end
        end,
        coalesce(w.headroom, private.max_amount())
      )::private.batch_entry
      order by e.position
    )
    from (
      select
        position, user_id, amount, coalesce(credit_type, 'general') as credit_type, coalesce(type, 'purchase') as type,
        action, description, reference_id, reference_type, expires_at, coalesce(priority, 0) as priority,
        idempotency_key, request_hash, metadata
      from rows from (
        jsonb_to_recordset(p_entries) as (
          user_id uuid, amount bigint, credit_type text, type text, action text, description text, reference_id text,
          reference_type text, expires_at timestamptz, priority integer, idempotency_key text, request_hash text,
          metadata jsonb
        )
      ) with ordinality as given (
        user_id, amount, credit_type, type, action, description, reference_id, reference_type, expires_at, priority,
        idempotency_key, request_hash, metadata, position
      )
    ) e
    left join (
      select wallet.user_id, wallet.credit_type, private.headroom(wallet) as headroom
      from unnest(p_wallets) wallet
    ) w on w.user_id = e.user_id and w.credit_type = e.credit_type
  );
end
$$;
comment on function private.read_additions is 'The entries of add_many, with what each wallet can take in at p_at.';

create function private.add_in_turn(
  p_audit_action text,
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_users uuid[]
)
returns private.batch_outcome[]
language plpgsql
set search_path = ''
as $$
declare
  outcomes private.batch_outcome[] := p_outcomes;
  entry private.batch_entry;
  outcome private.batch_outcome;
begin
  for entry in
    select *
    from unnest(p_entries)
    where user_id = any (p_users)
    and fault is distinct from 'invalid_key'
    order by user_id, position
  loop
    outcome := null;
    outcome.result := private.add_credits(
      p_audit_action, entry.user_id, entry.amount, entry.credit_type, entry.type, entry.action, entry.description,
      entry.reference_id, entry.reference_type, entry.expires_at, entry.priority, entry.idempotency_key,
      entry.request_hash, entry.metadata
    );
    outcomes[entry.position] := outcome;
  end loop;
  return outcomes;
end
$$;
comment on function private.add_in_turn is
  'Adds for users with a debt, which every addition repays before the next one comes in: each entry alone.';

create function public.add_many(p_entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.add';
  refused jsonb := private.refuse_batch(audit_action, p_entries);
  added_at timestamptz;
  opened public.credits[];
  wallets public.credits[];
  debtors uuid[];
  entries private.batch_entry[];
  outcomes private.batch_outcome[];
  broken text;
begin
  if refused is not null then
    return refused;
  end if;
  loop
    begin
      opened := private.open_wallets(p_entries);
      wallets := private.lock_wallets(p_entries);
      added_at := clock_timestamp();
      entries := private.read_additions(p_entries, wallets, added_at);
      outcomes := private.judge_batch(entries, 'balance_limit');
      select array_agg(distinct w.user_id) into debtors from unnest(wallets) w where w.debt > 0;
      if debtors is not null then
        outcomes := private.add_in_turn(audit_action, entries, outcomes, debtors);
      end if;
      wallets := private.expire_due_of_batch(entries, outcomes, wallets, added_at);
      outcomes := private.number_batch(entries, outcomes, wallets);
      perform private.post_batch(entries, outcomes, wallets);
      perform private.close_unused_wallets(opened);
      return private.batch_result(audit_action, entries, outcomes);
    exception when unique_violation then
      -- Another wallet of the same user used a key meanwhile, which the next look finds.
      get stacked diagnostics broken = constraint_name;
      if broken <> 'credit_transactions_key_is_used_once' then
        raise;
      end if;
    end;
  end loop;
end
$$;
comment on function public.add_many is
  'Adds as add_credits does, up to 1,000 entries [{"user_id", "amount", "credit_type", "type", "expires_at", "idempotency_key", …}] in one transaction, as if they were sent one by one in their order: each has its own result in "results", and one that is refused does not stop the others.';

grant execute on function public.add_many to service_role;
