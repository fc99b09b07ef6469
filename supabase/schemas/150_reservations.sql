-- Before a run. settle_hold or release_hold ends it; a hold that nobody ends expires and is given back.

create function public.reserve_credits(
  p_user_id uuid,
  p_action text,
  p_prices jsonb,
  p_hold_ms integer,
  p_caller jsonb,
  p_credit_type text default 'general',
  p_required_tier text default null,
  p_rate_requests integer default null,
  p_rate_seconds integer default null,
  p_description text default null,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_metadata jsonb default '{}',
  p_input jsonb default null,
  p_run jsonb default '{}'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- A plan made while these tables are small, and kept by its connection, must not read all of them once they are large.
set enable_seqscan = off
as $$
declare
  audit_action constant text := 'credits.reserve';
  refused jsonb;
  api_key public.api_keys;
  old_balance bigint;
  old_version bigint;
  nothing_expires boolean;
  threshold bigint;
  has_lower_thresholds boolean;
  is_repeated boolean;
  is_switched_off boolean;
  has_type_rate boolean;
  tier text;
  price bigint;
  reserved_at timestamptz;
  new_metadata jsonb;
  payer public.credits;
  entry public.credit_transactions;
  transaction_id bigint;
  new_balance bigint;
  new_version bigint;
  run_id bigint;
  retention interval;
  expires_at timestamptz;
  held_at timestamptz;
  result jsonb;
begin
  -- The wallet's lock. Of everything read here, only what the common case needs: whole rows would cost as much again.
  select c.balance, c.version, c.next_expiry_at is null, c.low_balance_threshold, c.lower_thresholds is not null
  into old_balance, old_version, nothing_expires, threshold, has_lower_thresholds
  from public.credits c
  where c.user_id = p_user_id
  and c.credit_type = p_credit_type
  for no key update;
  -- Behind the lock, which closing the account takes as well. What the product does by itself says so.
  if p_caller ? 'api_key' or (p_caller ->> 'internal' <> '') is not true then
    api_key := private.api_key_of(p_caller);
    refused := private.refuse_spender(audit_action, p_user_id, p_caller, api_key, 'tools:' || p_action);
    if refused is not null then
      return refused;
    end if;
  end if;
  -- In a new statement, which sees what the last holder of the lock wrote. An expired tier is none.
  select
    exists (
      select from public.credit_transactions t where t.user_id = p_user_id and t.idempotency_key = p_idempotency_key
    ),
    exists (select from public.tool_switches s where s.tool = p_action),
    exists (select from public.credit_types c where c.id = p_credit_type and c.rate_requests is not null),
    (
      select p.membership_tier
      from public.profiles p
      where p.id = p_user_id
      and (p.membership_expires_at is null or p.membership_expires_at > clock_timestamp())
    )
  into is_repeated, is_switched_off, has_type_rate, tier;

  -- 1. A repeated request gets the result of the first one, or that it is still running.
  if is_repeated then
    return private.replay_reservation(audit_action, p_user_id, p_credit_type, p_idempotency_key, p_request_hash);
  end if;
  if is_switched_off or p_run ? 'max_cost_per_day' then
    refused := private.refuse_tool(audit_action, p_user_id, p_action, p_run);
    if refused is not null then
      return refused;
    end if;
  end if;

  -- 2. Check both rates, tier and price. Every attempt counts, also one that is refused below.
  if has_type_rate or p_rate_requests is not null then
    refused := private.take_rates(p_user_id, p_action, p_rate_requests, p_rate_seconds, p_credit_type);
    if refused is not null then
      return refused;
    end if;
  end if;
  if p_required_tier is not null and (private.tier_level(tier) >= private.tier_level(p_required_tier)) is not true then
    return private.refuse_attempt(p_user_id, p_action, private.refuse(
      audit_action,
      p_user_id,
      'membership_required',
      format(
        'This needs the %s membership.',
        coalesce((select name from public.membership_tiers where id = p_required_tier), p_required_tier)
      ),
      jsonb_build_object('required_tier', p_required_tier, 'tier', tier, 'action', p_action)
    ));
  end if;
  price := coalesce((p_prices ->> tier)::bigint, (p_prices ->> 'default')::bigint);
  if price is null or price not between 1 and private.max_amount() then
    return private.refuse(audit_action, p_user_id, 'invalid_amount', 'The price must be a positive whole number of credits.');
  end if;

  -- 3. Check the budgets of the key.
  if api_key.id is not null then
    refused := private.refuse_over_budget(audit_action, api_key.id, p_credit_type, price);
    if refused is not null then
      return private.refuse_attempt(p_user_id, p_action, refused);
    end if;
  end if;

  -- 4. Check the balance and debit the price: at once where nothing expires and no threshold is crossed, as
  -- deduct_credits does; else overdue holds are released first.
  new_balance := old_balance - price;
  new_version := old_version + 1;
  new_metadata := coalesce(p_metadata, '{}') || jsonb_build_object('price', price, 'prices', p_prices, 'tier', tier);
  if new_balance >= 0 and nothing_expires
    and (new_balance >= threshold or old_balance < threshold and not has_lower_thresholds) is not false then
    update public.credits
    set
      balance = new_balance,
      total_used = total_used + price,
      version = new_version,
      updated_at = clock_timestamp()
    where user_id = p_user_id
    and credit_type = p_credit_type;
    insert into public.credit_transactions (
      user_id, credit_type, seq, type, amount, balance_before, balance_after, action, description, reference_type,
      idempotency_key, request_hash, metadata
    )
    values (
      p_user_id, p_credit_type, new_version, 'deduction', -price, old_balance, new_balance, p_action, p_description,
      'tool', p_idempotency_key, p_request_hash, new_metadata
    )
    returning id into transaction_id;
  else
    reserved_at := clock_timestamp();
    payer := private.make_available(private.lock_wallet(p_user_id, p_credit_type), price, reserved_at);
    if payer.user_id is null then
      payer := private.lock_wallet(p_user_id, p_credit_type);
      return private.refuse_attempt(p_user_id, p_action, private.refuse_insufficient(
        audit_action, p_user_id, p_credit_type, coalesce(private.available_balance(payer, reserved_at), 0), price
      ));
    end if;
    entry := private.debit(
      payer, 'deduction', price, p_action, p_description,
      p_reference_type => 'tool',
      p_idempotency_key => p_idempotency_key,
      p_request_hash => p_request_hash,
      p_metadata => new_metadata,
      p_at => reserved_at
    );
    transaction_id := entry.id;
    new_balance := entry.balance_after;
    new_version := entry.seq;
  end if;

  -- 5. Open the run, and hold the price for it.
  retention := make_interval(secs => coalesce((p_run ->> 'retention_seconds')::integer, 86400));
  insert into public.runs (
    user_id, credit_type, tool, api_key_id, source, input, full_input, status, retention, earliest_purge_at
  )
  values (
    p_user_id, p_credit_type, p_action, api_key.id,
    coalesce(p_run ->> 'source', case when api_key.id is null then 'page' else 'api_key' end),
    p_input,
    nullif(p_run -> 'full_input', 'null'),
    case when p_run ? 'max_attempts' then 'queued' else 'running' end,
    retention,
    clock_timestamp() + retention
  )
  returning id into run_id;
  if p_run ? 'max_cost' then
    insert into private.run_costs (run_id, tool, micros) values (run_id, p_action, (p_run ->> 'max_cost')::bigint);
  end if;
  if p_run ? 'max_attempts' then
    insert into private.queued_runs (run_id, user_id, max_attempts)
    values (run_id, p_user_id, (p_run ->> 'max_attempts')::smallint);
  end if;
  expires_at := clock_timestamp() + make_interval(secs => p_hold_ms / 1000.0);
  insert into public.credit_holds (transaction_id, run_id, user_id, credit_type, action, amount, expires_at)
  values (transaction_id, run_id, p_user_id, p_credit_type, p_action, price, expires_at)
  returning created_at into held_at;
  -- As hold_result of the rows would be.
  result := jsonb_build_object(
    'ok', true,
    'transaction_id', transaction_id,
    'credit_type', p_credit_type,
    'amount', -price,
    'balance', new_balance,
    'version', new_version,
    'replayed', false,
    'run_id', run_id,
    'tier', tier,
    'status', 'open',
    'settled_amount', null,
    'stored_response', null,
    'expires_at', expires_at
  );
  if api_key.id is not null then
    perform private.count_key_usage(api_key.id, p_credit_type, price, held_at);
    result := result
      || jsonb_build_object('rate', private.rate_left(p_user_id::text, p_action, p_rate_requests, p_rate_seconds));
  end if;
  return result;
end
$$;
comment on function public.reserve_credits is
  'Charges for what may still fail, such as every run of a tool (deduct_credits is for what is done already): answers a repeated request, checks the rates of the tool and of its credit type, tier, balance and the budgets of a key of the API, picks the price of the tier ({"default": 2, "pro": 1}), debits it, and opens a run with a hold that lasts p_hold_ms. p_run says how it is kept: {"source", "full_input", "retention_seconds"}, with "max_attempts" it is queued for a worker, with "max_cost" and "max_cost_per_day" (millionths of a US dollar) its cost to the owner is kept within the day''s. One round trip.';

grant execute on function public.reserve_credits to service_role;
