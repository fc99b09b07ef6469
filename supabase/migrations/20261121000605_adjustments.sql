create function public.adjust_credits(
  p_user_id uuid,
  p_amount bigint,
  p_reason text,
  p_actor_id uuid,
  p_credit_type text default 'general',
  p_idempotency_key text default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  verb constant text := 'credits.adjust';
  wallet public.credits;
  moment timestamptz;
  spendable bigint;
  answer jsonb;
  entry public.credit_transactions;
  request_hash text := md5(row('adjust', p_amount, p_credit_type, p_actor_id)::text);
  asked jsonb := jsonb_build_object('requested_amount', p_amount, 'credit_type', p_credit_type, 'given_reason', p_reason);
begin
  if not exists (select from public.user_roles where user_id = p_actor_id and role = 'admin') then
    return private.refuse(verb, p_user_id, 'forbidden', 'Only an admin adjusts balances.', asked, p_actor_id);
  end if;
  if char_length(btrim(coalesce(p_reason, ''))) not between 3 and 500 then
    return private.refuse(
      verb, p_user_id, 'reason_required', 'Give a reason of 3 to 500 characters.', asked, p_actor_id
    );
  end if;
  if p_amount is null or p_amount = 0 or p_amount not between -private.max_amount() and private.max_amount() then
    return private.refuse(
      verb, p_user_id, 'invalid_amount', 'The amount must be a whole number of credits, not zero.', asked, p_actor_id
    );
  end if;

  wallet := private.lock_wallet(p_user_id, p_credit_type);
  if p_idempotency_key is not null then
    answer := private.find_replay(p_user_id, p_idempotency_key, request_hash, verb);
    if answer is not null then
      return answer;
    end if;
  end if;
  moment := clock_timestamp();
  spendable := coalesce(private.spendable(wallet, moment), 0);
  if spendable + p_amount < 0 then
    return private.refuse(
      verb,
      p_user_id,
      'insufficient_credits',
      format('%s credits cannot be removed: the balance is %s.', -p_amount, spendable),
      asked || jsonb_build_object('balance', spendable, 'required', -p_amount),
      p_actor_id
    );
  end if;
  if p_amount > private.room(wallet) then
    return private.refuse(
      verb, p_user_id, 'balance_limit', 'This would take the balance past the largest one that can be kept.', asked,
      p_actor_id
    );
  end if;
  if wallet.user_id is null then
    answer := private.open_wallet(p_user_id, p_credit_type, verb);
    if answer is not null then
      return answer;
    end if;
    wallet := private.lock_wallet(p_user_id, p_credit_type);
    -- Whoever opened it at the same moment may have used the key.
    answer := private.find_replay(p_user_id, p_idempotency_key, request_hash, verb);
    if answer is not null then
      return answer;
    end if;
  end if;

  if p_amount > 0 then
    entry := private.give(
      wallet, 'admin_adjustment', p_amount, 'admin_adjustment', btrim(p_reason),
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_actor_id => p_actor_id
    );
  else
    entry := private.take(
      wallet, 'admin_adjustment', -p_amount, 'admin_adjustment', btrim(p_reason),
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_actor_id => p_actor_id,
      p_moment => moment
    );
  end if;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, p_user_id, verb, 'success', btrim(p_reason),
    jsonb_build_object(
      'transaction_id', entry.id, 'credit_type', p_credit_type, 'amount', p_amount, 'balance', entry.balance_after
    )
  );
  return private.transaction_result(entry, false);
end
$$;
comment on function public.adjust_credits is
  'An admin adds (positive) or removes (negative) credits, with a reason. Both outcomes are in the audit log.';

revoke execute on function public.adjust_credits from public, anon, authenticated;
grant execute on function public.adjust_credits to service_role;
