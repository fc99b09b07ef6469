-- What an admin changes by hand: a balance or a membership.

create function public.adjust_credits(
  p_user_id uuid,
  p_amount bigint,
  p_reason text,
  p_actor_id uuid,
  p_credit_type text default 'general',
  p_idempotency_key text default null,
  p_metadata jsonb default '{}'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.adjust';
  wallet public.credits;
  adjusted_at timestamptz;
  available bigint;
  result jsonb;
  entry public.credit_transactions;
  request_hash text := md5(row('adjust', p_amount, p_credit_type, p_actor_id)::text);
  asked jsonb := jsonb_build_object('requested_amount', p_amount, 'credit_type', p_credit_type, 'given_reason', p_reason);
begin
  result := coalesce(
    private.refuse_unless_admin(audit_action, p_user_id, p_actor_id, asked),
    private.refuse_without_reason(audit_action, p_user_id, p_reason, p_actor_id, asked)
  );
  if result is not null then
    return result;
  end if;
  if p_amount is null or p_amount = 0 or p_amount not between -private.max_amount() and private.max_amount() then
    return private.refuse(
      audit_action, p_user_id, 'invalid_amount', 'The amount must be a whole number of credits, not zero.', asked, p_actor_id
    );
  end if;

  wallet := private.lock_wallet(p_user_id, p_credit_type);
  if p_idempotency_key is not null then
    result := private.find_replay(p_user_id, p_idempotency_key, request_hash, audit_action);
    if result is not null then
      return result;
    end if;
  end if;
  adjusted_at := clock_timestamp();
  available := coalesce(private.available_balance(wallet, adjusted_at), 0);
  if available + p_amount < 0 then
    return private.refuse(
      audit_action,
      p_user_id,
      'insufficient_credits',
      format('%s credits cannot be removed: the balance is %s.', -p_amount, available),
      asked || jsonb_build_object('balance', available, 'required', -p_amount),
      p_actor_id
    );
  end if;
  if p_amount > private.headroom(wallet) then
    return private.refuse(
      audit_action, p_user_id, 'balance_limit', 'This would take the balance past the largest one that can be kept.', asked,
      p_actor_id
    );
  end if;
  if wallet.user_id is null then
    result := private.open_wallet(p_user_id, p_credit_type, audit_action);
    if result is not null then
      return result;
    end if;
    wallet := private.lock_wallet(p_user_id, p_credit_type);
    -- Whoever opened it concurrently may have used the key.
    result := private.find_replay(p_user_id, p_idempotency_key, request_hash, audit_action);
    if result is not null then
      return result;
    end if;
  end if;

  if p_amount > 0 then
    entry := private.credit(
      wallet, 'admin_adjustment', p_amount, 'admin_adjustment', btrim(p_reason),
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_actor_id => p_actor_id,
      p_metadata => p_metadata
    );
  else
    entry := private.debit(
      wallet, 'admin_adjustment', -p_amount, 'admin_adjustment', btrim(p_reason),
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_actor_id => p_actor_id,
      p_metadata => p_metadata,
      p_at => adjusted_at
    );
  end if;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, p_user_id, audit_action, 'success', btrim(p_reason),
    jsonb_build_object(
      'transaction_id', entry.id, 'credit_type', p_credit_type, 'amount', p_amount, 'balance', entry.balance_after
    )
  );
  return private.transaction_result(entry, false);
end
$$;
comment on function public.adjust_credits is
  'An admin adds (positive) or removes (negative) credits, with a reason. Both outcomes are in the audit log.';

create function public.set_membership(
  p_user_id uuid,
  p_tier text default null,
  p_expires_at timestamptz default null,
  p_reason text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'membership.set';
  refused jsonb;
begin
  if p_actor_id is not null then
    refused := private.refuse_unless_admin(audit_action, p_user_id, p_actor_id);
    if refused is not null then
      return refused;
    end if;
  end if;
  if private.tier_level(p_tier) is null then
    return private.refuse(audit_action, p_user_id, 'unknown_tier', 'There is no such membership tier.', '{}', p_actor_id);
  end if;
  update public.profiles
  set
    membership_tier = p_tier,
    membership_expires_at = case when p_tier is not null then p_expires_at end,
    membership_subscription_id = null
  where id = p_user_id;
  if not found then
    return private.refuse(audit_action, p_user_id, 'user_not_found', 'There is no such user.', '{}', p_actor_id);
  end if;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, p_user_id, audit_action, 'success', p_reason,
    jsonb_build_object('tier', p_tier, 'expires_at', p_expires_at)
  );
  return jsonb_build_object('ok', true, 'tier', p_tier, 'expires_at', p_expires_at);
end
$$;
comment on function public.set_membership is
  'Sets a user''s tier by hand until p_expires_at, or removes it (null). Credits already bought stay as they are.';

grant execute on function public.adjust_credits, public.set_membership to service_role;
