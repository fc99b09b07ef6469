-- One function per verb, for the server alone. Each returns {ok: true, transaction_id, balance, version, replayed}
-- or {ok: false, code, message, …}.

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
begin
  if p_initial_amount > 0 then
    return private.post_transaction(
      p_user_id, p_credit_type, 'signup_bonus', p_initial_amount,
      p_action => 'signup_bonus',
      p_description => 'Welcome credits',
      p_idempotency_key => 'signup_bonus:' || p_credit_type,
      -- The bonus is granted once, whatever it amounts to by the time of a second call.
      p_request_hash => 'signup_bonus'
    );
  end if;
  if p_initial_amount is null or p_initial_amount < 0 then
    return private.refusal('invalid_amount', 'The initial amount must be zero or more credits.');
  end if;
  if not exists (select from public.profiles where id = p_user_id) then
    return private.refusal('user_not_found', 'There is no such user.');
  end if;
  if not exists (select from public.credit_types where id = p_credit_type) then
    return private.refusal('unknown_credit_type', 'There is no such credit type.');
  end if;
  insert into public.credits (user_id, credit_type)
  values (p_user_id, p_credit_type)
  on conflict do nothing;
  select * into strict wallet
  from public.credits
  where user_id = p_user_id
  and credit_type = p_credit_type;
  return jsonb_build_object('ok', true, 'balance', wallet.balance, 'version', wallet.version);
end
$$;
comment on function public.initialize_credits is
  'Opens a wallet, with an amount to start from that is granted at most once per user and credit type.';

create function public.add_credits(
  p_user_id uuid,
  p_amount bigint,
  p_credit_type text default 'general',
  p_type text default 'purchase',
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_idempotency_key text default null,
  p_metadata jsonb default '{}'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  if p_amount <= 0 then
    return private.refusal('invalid_amount', 'The amount to add must be a positive whole number of credits.');
  end if;
  if p_type is null or p_type not in ('purchase', 'signup_bonus') then
    return private.refusal('invalid_type', 'Credits are added as a purchase or a signup_bonus.');
  end if;
  return private.post_transaction(
    p_user_id, p_credit_type, p_type, p_amount, p_action, p_description, p_reference_id, p_reference_type,
    p_idempotency_key => p_idempotency_key,
    p_metadata => p_metadata
  );
end
$$;
comment on function public.add_credits is 'Adds credits that came from outside: a purchase, or a bonus.';

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
begin
  if p_amount <= 0 then
    return private.refusal('invalid_amount', 'The amount to deduct must be a positive whole number of credits.');
  end if;
  return private.post_transaction(
    p_user_id, p_credit_type, 'deduction', -p_amount, p_action, p_description, p_reference_id, p_reference_type,
    p_idempotency_key => p_idempotency_key,
    p_request_hash => p_request_hash,
    p_metadata => p_metadata
  );
end
$$;
comment on function public.deduct_credits is 'Charges a wallet, or refuses with insufficient_credits and the shortfall.';

create function public.refund_transaction(
  p_transaction_id bigint,
  p_amount bigint default null,
  p_reason text default null,
  p_idempotency_key text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  original public.credit_transactions;
  idempotency_key text := coalesce(p_idempotency_key, 'refund:' || p_transaction_id);
  request_hash text := md5(concat_ws('|', 'refund', p_transaction_id, coalesce(p_amount::text, 'all')));
  replay jsonb;
  refundable bigint;
  amount bigint;
begin
  select * into original from public.credit_transactions where id = p_transaction_id;
  if not found then
    return private.refusal('transaction_not_found', 'There is no such transaction.');
  end if;
  if original.type <> 'deduction' then
    return private.refusal('not_refundable', 'Only a deduction can be refunded.');
  end if;

  perform from public.credits
  where user_id = original.user_id
  and credit_type = original.credit_type
  for no key update;

  replay := private.find_replay(original.user_id, idempotency_key, request_hash);
  if replay is not null then
    return replay;
  end if;

  select -original.amount - coalesce(sum(t.amount), 0) into refundable
  from public.credit_transactions t
  where t.reverses = p_transaction_id;

  amount := coalesce(p_amount, refundable);
  if refundable = 0 then
    return private.refusal('not_refundable', 'This transaction was already refunded.');
  end if;
  if amount <= 0 or amount > refundable then
    return private.refusal(
      'invalid_amount',
      format('Between 1 and %s credits of this transaction can be refunded.', refundable),
      jsonb_build_object('refundable', refundable)
    );
  end if;

  return private.post_transaction(
    original.user_id, original.credit_type, 'refund', amount, original.action, p_reason,
    original.reference_id, original.reference_type,
    p_reverses => original.id,
    p_idempotency_key => idempotency_key,
    p_request_hash => request_hash,
    p_actor_id => p_actor_id
  );
end
$$;
comment on function public.refund_transaction is
  'Gives back a deduction, in whole unless an amount is told; all refunds of it together never exceed it. Without a key of its own, once.';

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
  result jsonb;
begin
  if not exists (select from public.user_roles where user_id = p_actor_id and role = 'admin') then
    result := private.refusal('forbidden', 'Only an admin adjusts balances.');
  elsif char_length(btrim(coalesce(p_reason, ''))) not between 3 and 500 then
    result := private.refusal('reason_required', 'Give a reason of 3 to 500 characters.');
  else
    result := private.post_transaction(
      p_user_id, p_credit_type, 'admin_adjustment', p_amount,
      p_action => 'admin_adjustment',
      p_description => btrim(p_reason),
      p_idempotency_key => p_idempotency_key,
      p_request_hash => md5(concat_ws('|', 'adjust', p_amount, p_credit_type, p_actor_id)),
      p_actor_id => p_actor_id
    );
  end if;

  if not coalesce((result ->> 'replayed')::boolean, false) then
    insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
    values (
      p_actor_id,
      p_user_id,
      'credits.adjust',
      case when (result ->> 'ok')::boolean then 'success' else 'failure' end,
      p_reason,
      result || jsonb_build_object('requested_amount', p_amount, 'credit_type', p_credit_type)
    );
  end if;
  return result;
end
$$;
comment on function public.adjust_credits is
  'An admin adds (positive) or removes (negative) credits, with a reason. Both outcomes are in the audit log.';

revoke execute on function
  public.initialize_credits, public.add_credits, public.deduct_credits, public.refund_transaction, public.adjust_credits
from public, anon, authenticated;
grant execute on function
  public.initialize_credits, public.add_credits, public.deduct_credits, public.refund_transaction, public.adjust_credits
to service_role;
