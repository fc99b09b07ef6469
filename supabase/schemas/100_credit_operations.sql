-- One function per operation, for the server alone. Each returns {ok: true, transaction_id, amount, balance, version,
-- replayed} or {ok: false, code, message, …} after a row in the audit log.

create function private.add_credits(
  p_audit_action text,
  p_user_id uuid,
  p_amount bigint,
  p_credit_type text,
  p_type text,
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_expires_at timestamptz default null,
  p_priority integer default 0,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_metadata jsonb default '{}',
  p_actor_id uuid default null,
  p_asked jsonb default '{}'
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits;
  result jsonb;
  request_hash text := coalesce(
    p_request_hash,
    md5(row('add', p_type, p_amount, p_credit_type, p_action, p_reference_id, p_expires_at, p_priority)::text)
  );
begin
  if p_amount is null or p_amount not between 1 and private.max_amount() then
    return private.refuse(
      p_audit_action, p_user_id, 'invalid_amount', 'The amount to add must be a positive whole number of credits.',
      p_asked, p_actor_id
    );
  end if;
  if p_type is null or p_type not in ('purchase', 'subscription_grant', 'signup_bonus', 'promotion') then
    return private.refuse(
      p_audit_action, p_user_id, 'invalid_type',
      'Credits are added as a purchase, a subscription_grant, a signup_bonus or a promotion.', p_asked, p_actor_id
    );
  end if;

  wallet := private.lock_wallet(p_user_id, p_credit_type);
  if p_idempotency_key is not null then
    result := private.find_replay(p_user_id, p_idempotency_key, request_hash, p_audit_action);
    if result is not null then
      return result;
    end if;
  end if;
  if p_expires_at <= clock_timestamp() then
    return private.refuse(
      p_audit_action, p_user_id, 'already_expired', 'These credits would be expired when they arrive.', p_asked, p_actor_id
    );
  end if;
  if p_amount > private.headroom(wallet) then
    return private.refuse(
      p_audit_action, p_user_id, 'balance_limit', 'This would take the balance past the largest one that can be kept.',
      p_asked, p_actor_id
    );
  end if;
  if wallet.user_id is null then
    result := private.open_wallet(p_user_id, p_credit_type, p_audit_action);
    if result is not null then
      return result;
    end if;
    wallet := private.lock_wallet(p_user_id, p_credit_type);
    -- Whoever opened it concurrently may have used the key.
    result := private.find_replay(p_user_id, p_idempotency_key, request_hash, p_audit_action);
    if result is not null then
      return result;
    end if;
  end if;

  return private.transaction_result(
    private.credit(
      wallet, p_type, p_amount, p_action, p_description, p_reference_id, p_reference_type,
      p_expires_at => p_expires_at,
      p_priority => p_priority,
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_actor_id => p_actor_id,
      p_metadata => p_metadata
    ),
    false
  );
end
$$;
comment on function private.add_credits is
  'Adds credits for public.add_credits, and for an admin who gives them: refusals are noted under p_audit_action, with what was asked.';

create function public.add_credits(
  p_user_id uuid,
  p_amount bigint,
  p_credit_type text default 'general',
  p_type text default 'purchase',
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_expires_at timestamptz default null,
  p_priority integer default 0,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_metadata jsonb default '{}'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.add';
begin
  return private.add_credits(
    audit_action, p_user_id, p_amount, p_credit_type, p_type, p_action, p_description, p_reference_id, p_reference_type,
    p_expires_at, p_priority, p_idempotency_key, p_request_hash, p_metadata
  );
end
$$;
comment on function public.add_credits is
  'Adds credits, without expiry or until p_expires_at. Those of a purchase or a subscription_grant count as bought; given ones (signup_bonus, promotion) do not. Of those that expire, lower priorities are spent first.';

create function public.initialize_credits(
  p_user_id uuid,
  p_initial_amount bigint default 0,
  p_credit_type text default 'general'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  wallet public.credits;
  refused jsonb;
begin
  if p_initial_amount is null or p_initial_amount not between 0 and private.max_amount() then
    return private.refuse(
      'credits.initialize', p_user_id, 'invalid_amount', 'The initial amount must be zero or more credits.'
    );
  end if;
  if p_initial_amount > 0 then
    return public.add_credits(
      p_user_id, p_initial_amount, p_credit_type, 'signup_bonus',
      p_action => 'signup_bonus',
      p_description => 'Welcome credits',
      p_idempotency_key => 'signup_bonus:' || p_credit_type,
      -- The bonus is granted once, even if its amount has changed by a second call.
      p_request_hash => 'signup_bonus'
    );
  end if;
  refused := private.open_wallet(p_user_id, p_credit_type, 'credits.initialize');
  if refused is not null then
    return refused;
  end if;
  wallet := private.lock_wallet(p_user_id, p_credit_type);
  return jsonb_build_object('ok', true, 'balance', wallet.balance, 'version', wallet.version);
end
$$;
comment on function public.initialize_credits is
  'Opens a wallet with an initial amount that is granted at most once per user and credit type.';

create function public.deduct_credits(
  p_user_id uuid,
  p_amount bigint,
  p_credit_type text default 'general',
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_metadata jsonb default '{}'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.deduct';
  wallet public.credits;
  charged_at timestamptz;
  replay jsonb;
  request_hash text;
  transaction_id bigint;
  new_balance bigint;
  new_version bigint;
begin
  if p_amount is null or p_amount not between 1 and private.max_amount() then
    return private.refuse(
      audit_action, p_user_id, 'invalid_amount', 'The amount to deduct must be a positive whole number of credits.'
    );
  end if;

  if p_idempotency_key is not null then
    request_hash := coalesce(
      p_request_hash, md5(row('deduct', p_amount, p_credit_type, p_action, p_reference_id)::text)
    );
  end if;

  -- The common case, without further calls: they would cost as much as the charge. Nothing expires, no threshold can be
  -- crossed and the key is new. The update locks and checks in one, again on what the last holder of the lock left; a
  -- key that was used undoes this block, also for those who follow the log. All else goes the long way below.
  begin
    update public.credits
    set
      balance = balance - p_amount,
      total_used = total_used + p_amount,
      version = version + 1,
      updated_at = clock_timestamp()
    where user_id = p_user_id
    and credit_type = p_credit_type
    and balance >= p_amount
    and next_expiry_at is null
    and (
      balance - p_amount >= low_balance_threshold
      or balance < low_balance_threshold and lower_thresholds is null
    ) is not false
    returning balance, version into new_balance, new_version;
    if found then
      insert into public.credit_transactions (
        user_id, credit_type, seq, type, amount, balance_before, balance_after, action, description, reference_id,
        reference_type, idempotency_key, request_hash, metadata
      )
      values (
        p_user_id, p_credit_type, new_version, 'deduction', -p_amount, new_balance + p_amount, new_balance, p_action,
        p_description, p_reference_id, p_reference_type, p_idempotency_key, request_hash, coalesce(p_metadata, '{}')
      )
      returning id into transaction_id;
      return jsonb_build_object(
        'ok', true,
        'transaction_id', transaction_id,
        'credit_type', p_credit_type,
        'amount', -p_amount,
        'balance', new_balance,
        'version', new_version,
        'replayed', false
      );
    end if;
  exception when unique_violation then
    null;
  end;

  wallet := private.lock_wallet(p_user_id, p_credit_type);
  if p_idempotency_key is not null then
    replay := private.find_replay(p_user_id, p_idempotency_key, request_hash, audit_action);
    if replay is not null then
      return replay;
    end if;
  end if;
  charged_at := clock_timestamp();
  if wallet.user_id is null or private.available_balance(wallet, charged_at) < p_amount then
    return private.refuse_insufficient(
      audit_action, p_user_id, p_credit_type, coalesce(private.available_balance(wallet, charged_at), 0), p_amount
    );
  end if;

  return private.transaction_result(
    private.debit(
      wallet, 'deduction', p_amount, p_action, p_description, p_reference_id, p_reference_type,
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_metadata => p_metadata,
      p_at => charged_at
    ),
    false
  );
end
$$;
comment on function public.deduct_credits is
  'Charges a wallet for what is done already, in one step: meters, imports and code of your own. What may still fail is charged by reserve_credits. Refuses with insufficient_credits and the shortfall.';

grant execute on function public.add_credits, public.initialize_credits, public.deduct_credits to service_role;
