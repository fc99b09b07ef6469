create function public.record_checkout(p_user_id uuid, p_package_id text, p_checkout_session_id text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  package public.credit_packages;
  payment_id uuid;
begin
  select * into package
  from public.credit_packages
  where id = p_package_id
  and active
  and dodo_product_id is not null;
  if not found then
    return private.refuse('checkout.record', p_user_id, 'package_not_found', 'This package is not for sale.');
  end if;
  if not exists (select from public.profiles where id = p_user_id) then
    return private.refuse('checkout.record', p_user_id, 'user_not_found', 'There is no such user.');
  end if;
  insert into public.payments (
    user_id, package_id, credit_type, credits, amount, currency, provider_product_id, checkout_session_id
  )
  values (
    p_user_id, package.id, package.credit_type, package.credits, package.price, package.currency,
    package.dodo_product_id, p_checkout_session_id
  )
  returning id into payment_id;
  return jsonb_build_object('ok', true, 'payment_id', payment_id);
end
$$;
comment on function public.record_checkout is
  'Writes the pending payment of a checkout session, with what it will grant, before the buyer is sent there.';

-- How far along a payment is; it never moves to a lower rank.
create function private.payment_rank(p_status text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case p_status
    when 'pending' then 0
    when 'processing' then 1
    when 'failed' then 2
    when 'cancelled' then 2
    when 'succeeded' then 3
  end
$$;
comment on function private.payment_rank is 'Orders the states of a payment; null for an unknown one.';

create function private.find_payment(p_provider_payment_id text, p_checkout_session_id text, p_status text)
returns public.payments
language plpgsql
set search_path = ''
as $$
declare
  first_attempt public.payments;
  payment public.payments;
begin
  -- The session's first row is the lock all attempts of one checkout share.
  select * into first_attempt
  from public.payments
  where checkout_session_id = p_checkout_session_id
  order by created_at, id
  limit 1
  for update;

  select * into payment
  from public.payments
  where provider_payment_id = p_provider_payment_id
  for update;

  if payment.id is not null or first_attempt.id is null then
    return payment;
  end if;
  -- An attempt that failed tells nothing of the other one that is under way.
  if first_attempt.status = 'processing' and p_status in ('failed', 'cancelled') then
    return null;
  end if;
  if first_attempt.status <> 'succeeded' then
    return first_attempt;
  end if;
  if p_status <> 'succeeded' then
    return null;
  end if;
  -- The buyer was charged once more on a session that had already been paid: that buys the same again.
  insert into public.payments (
    user_id, package_id, credit_type, credits, amount, currency, provider_product_id, checkout_session_id
  )
  values (
    first_attempt.user_id, first_attempt.package_id, first_attempt.credit_type, first_attempt.credits,
    first_attempt.amount, first_attempt.currency, first_attempt.provider_product_id, p_checkout_session_id
  )
  returning * into payment;
  return payment;
end
$$;
comment on function private.find_payment is
  'The row a delivery is about, locked: that of its payment id, else that of its session; null when there is nothing it may change.';

create function public.apply_payment(
  p_event_id text,
  p_provider_payment_id text,
  p_checkout_session_id text,
  p_status text,
  p_product_id text default null,
  p_quantity integer default 1,
  p_charged_amount bigint default null,
  p_charged_currency text default null,
  p_failure_reason text default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  event public.webhook_events;
  payment public.payments;
  product_id text;
  package_name text;
  granted jsonb;
begin
  -- 1. Claim the delivery.
  select * into event from public.webhook_events where id = p_event_id for update;
  if not found then
    return private.refuse('payment.apply', null, 'unknown_event', 'This delivery was not stored.');
  end if;
  if event.status = 'processed' then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  if private.payment_rank(p_status) is null or p_status = 'pending' then
    return private.refuse('payment.apply', null, 'unknown_status', format('A payment cannot become "%s".', p_status));
  end if;

  -- 2. Claim the payment.
  select provider_product_id into product_id
  from public.payments
  where checkout_session_id = p_checkout_session_id
  or provider_payment_id = p_provider_payment_id
  limit 1;
  if not found then
    return private.refuse('payment.apply', null, 'unknown_payment', 'No checkout of ours has this session or payment id.');
  end if;
  if p_status = 'succeeded' and p_product_id is distinct from product_id then
    return private.refuse(
      'payment.apply', null, 'product_mismatch',
      format('The payment is for %s, the checkout was for %s.', coalesce(p_product_id, 'no product'), product_id)
    );
  end if;
  payment := private.find_payment(p_provider_payment_id, p_checkout_session_id, p_status);

  -- 3. Apply it, unless it is old news.
  if payment.id is null or (
    payment.provider_payment_id is not distinct from p_provider_payment_id
    and private.payment_rank(p_status) <= private.payment_rank(payment.status)
  ) then
    update public.webhook_events
    set status = 'processed', error = null, processed_at = clock_timestamp()
    where id = p_event_id;
    return jsonb_build_object('ok', true, 'replayed', true, 'status', payment.status);
  end if;

  if p_status = 'succeeded' then
    select name into package_name from public.credit_packages where id = payment.package_id;
    granted := public.add_credits(
      payment.user_id, payment.credits * greatest(coalesce(p_quantity, 1), 1), payment.credit_type, 'purchase',
      p_action => 'purchase',
      p_description => package_name || ' package',
      p_reference_id => p_provider_payment_id,
      p_reference_type => 'payment',
      p_idempotency_key => 'payment:' || p_provider_payment_id
    );
    if not (granted ->> 'ok')::boolean then
      raise exception using
        errcode = 'PT422',
        message = granted ->> 'code',
        detail = granted ->> 'message';
    end if;
  end if;

  update public.payments
  set
    status = p_status,
    provider_payment_id = p_provider_payment_id,
    charged_amount = coalesce(p_charged_amount, charged_amount),
    charged_currency = coalesce(p_charged_currency, charged_currency),
    failure_reason = case when p_status in ('failed', 'cancelled') then left(p_failure_reason, 500) end,
    transaction_id = (granted ->> 'transaction_id')::bigint,
    paid_at = case when p_status = 'succeeded' then clock_timestamp() end
  where id = payment.id;

  update public.webhook_events
  set status = 'processed', error = null, processed_at = clock_timestamp()
  where id = p_event_id;

  return jsonb_build_object('ok', true, 'replayed', false, 'status', p_status, 'payment_id', payment.id)
    || coalesce(granted - 'ok' - 'replayed', '{}');
end
$$;
comment on function public.apply_payment is
  'Applies a stored delivery about a payment: claims the delivery and the payment, moves its status forward and grants its credits once, all in one transaction. Raises (and so changes nothing) when the wallet cannot take them.';

revoke execute on function
  public.record_checkout, public.apply_payment
from public, anon, authenticated;
grant execute on function
  public.record_checkout, public.apply_payment
to service_role;
