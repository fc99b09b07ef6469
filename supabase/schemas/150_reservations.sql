-- Before a run. settle_hold or release_hold ends it; a hold that nobody ends expires and is given back.

create function private.take_rates(
  p_user_id uuid,
  p_action text,
  p_requests integer,
  p_seconds integer,
  p_credit_type text
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  -- No tool is called so: what a client sends has no part in it.
  of_type constant text := 'credit_type:' || p_credit_type;
  credit_type public.credit_types;
  wait_ms bigint;
begin
  if p_requests is not null then
    wait_ms := private.check_rate(p_user_id::text, p_action, p_requests, p_seconds);
    if wait_ms > 0 then
      return private.refuse_rate(wait_ms);
    end if;
  end if;
  select * into credit_type from public.credit_types where id = p_credit_type;
  if credit_type.rate_requests is not null then
    wait_ms := private.check_rate(p_user_id::text, of_type, credit_type.rate_requests, credit_type.rate_seconds);
    if wait_ms > 0 then
      return private.refuse_rate(wait_ms) || jsonb_build_object('credit_type', p_credit_type);
    end if;
    perform private.count_rate(p_user_id::text, of_type, credit_type.rate_requests, credit_type.rate_seconds);
  end if;
  if p_requests is not null then
    perform private.count_rate(p_user_id::text, p_action, p_requests, p_seconds);
  end if;
  return null;
end
$$;
comment on function private.take_rates is
  'Counts a run against the limit of its tool and that of its credit type, or refuses it and counts neither; then credit_type says that the wallet''s own limit did. Call it with the wallet locked.';

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
  wallet public.credits;
  payer public.credits;
  reserved_at timestamptz;
  replay jsonb;
  entry public.credit_transactions;
  hold public.credit_holds;
  run public.runs;
  tier text;
  price bigint;
begin
  wallet := private.lock_wallet(p_user_id, p_credit_type);
  -- Behind the lock, which closing the account takes as well.
  api_key := private.api_key_of(p_caller);
  refused := private.refuse_spender(audit_action, p_user_id, p_caller, api_key, 'tools:' || p_action);
  if refused is not null then
    return refused;
  end if;

  -- 1. A repeated request gets the result of the first one, or that it is still running.
  if p_idempotency_key is not null then
    replay := private.find_replay(p_user_id, p_idempotency_key, p_request_hash, audit_action);
    if replay is not null then
      if not (replay ->> 'ok')::boolean then
        return replay;
      end if;
      select * into entry from public.credit_transactions where id = (replay ->> 'transaction_id')::bigint;
      select * into hold from public.credit_holds where transaction_id = entry.id;
      if hold.status = 'open' and hold.expires_at <= clock_timestamp() then
        -- The run is overdue: release it now instead of waiting for the job.
        perform private.release_expired(wallet);
        select * into hold from public.credit_holds where transaction_id = entry.id;
      end if;
      select * into run from public.runs where id = hold.run_id;
      return private.hold_result(hold, entry, run, true);
    end if;
  end if;

  refused := private.refuse_tool(audit_action, p_user_id, p_action, p_run);
  if refused is not null then
    return refused;
  end if;

  -- 2. Check both rates, tier and price. Every attempt counts, also one that is refused below. The tier is read here, so
  -- one that has just expired does not count.
  refused := private.take_rates(p_user_id, p_action, p_rate_requests, p_rate_seconds, p_credit_type);
  if refused is not null then
    return refused;
  end if;
  tier := private.effective_tier(p_user_id);
  if (private.tier_level(tier) >= private.tier_level(p_required_tier)) is not true then
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

  -- 3. Check the budgets of the key, and the balance. Overdue holds are released first.
  if api_key.id is not null then
    refused := private.refuse_over_budget(audit_action, api_key.id, p_credit_type, price);
    if refused is not null then
      return private.refuse_attempt(p_user_id, p_action, refused);
    end if;
  end if;
  reserved_at := clock_timestamp();
  payer := private.make_available(wallet, price, reserved_at);
  if payer.user_id is null then
    return private.refuse_attempt(p_user_id, p_action, private.refuse_insufficient(
      audit_action, p_user_id, p_credit_type, coalesce(private.available_balance(wallet, reserved_at), 0), price
    ));
  end if;

  -- 4. Debit the price and hold it for the run, which begins here.
  entry := private.debit(
    payer, 'deduction', price, p_action, p_description,
    p_reference_type => 'tool',
    p_idempotency_key => p_idempotency_key,
    p_request_hash => p_request_hash,
    p_metadata => coalesce(p_metadata, '{}') || jsonb_build_object('price', price, 'prices', p_prices, 'tier', tier),
    p_at => reserved_at
  );
  insert into public.runs (user_id, credit_type, tool, api_key_id, source, input, full_input, status, retention)
  values (
    p_user_id, p_credit_type, p_action, api_key.id,
    coalesce(p_run ->> 'source', case when api_key.id is null then 'page' else 'api_key' end),
    p_input,
    nullif(p_run -> 'full_input', 'null'),
    case when p_run ? 'max_attempts' then 'queued' else 'running' end,
    make_interval(secs => coalesce((p_run ->> 'retention_seconds')::integer, 86400))
  )
  returning * into run;
  if p_run ? 'max_cost' then
    insert into private.run_costs (run_id, tool, micros) values (run.id, p_action, (p_run ->> 'max_cost')::bigint);
  end if;
  if run.status = 'queued' then
    insert into private.queued_runs (run_id, user_id, max_attempts)
    values (run.id, p_user_id, (p_run ->> 'max_attempts')::smallint);
  end if;
  insert into public.credit_holds (transaction_id, run_id, user_id, credit_type, action, amount, expires_at)
  values (
    entry.id, run.id, p_user_id, p_credit_type, p_action, price,
    clock_timestamp() + make_interval(secs => p_hold_ms / 1000.0)
  )
  returning * into hold;
  if api_key.id is null then
    return private.hold_result(hold, entry, run, false);
  end if;
  perform private.count_key_usage(api_key.id, p_credit_type, price, hold.created_at);
  return private.hold_result(hold, entry, run, false)
    || jsonb_build_object('rate', private.rate_left(p_user_id::text, p_action, p_rate_requests, p_rate_seconds));
end
$$;
comment on function public.reserve_credits is
  'Charges for what may still fail, such as every run of a tool (deduct_credits is for what is done already): answers a repeated request, checks the rates of the tool and of its credit type, tier, balance and the budgets of a key of the API, picks the price of the tier ({"default": 2, "pro": 1}), debits it, and opens a run with a hold that lasts p_hold_ms. p_run says how it is kept: {"source", "full_input", "retention_seconds"}, with "max_attempts" it is queued for a worker, with "max_cost" and "max_cost_per_day" (millionths of a US dollar) its cost to the owner is kept within the day''s. One round trip.';

grant execute on function public.reserve_credits to service_role;
