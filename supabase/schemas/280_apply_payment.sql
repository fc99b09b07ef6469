-- What an event about a payment changes.

create function private.find_payment(
  p_provider text,
  p_provider_payment_id text,
  p_checkout_session_id text,
  p_status text
)
returns public.payments
language plpgsql
set search_path = ''
as $$
declare
  first_attempt public.payments;
  payment public.payments;
begin
  select * into first_attempt
  from public.payments
  where provider = p_provider
  and checkout_session_id = p_checkout_session_id
  order by created_at, id
  limit 1;

  select * into payment
  from public.payments
  where provider = p_provider
  and provider_payment_id = p_provider_payment_id;

  if payment.id is not null or first_attempt.id is null then
    return payment;
  end if;
  -- A failed attempt says nothing about another one that is still processing.
  if first_attempt.status = 'processing' and p_status in ('failed', 'cancelled') then
    return null;
  end if;
  if first_attempt.status <> 'succeeded' then
    return first_attempt;
  end if;
  if p_status <> 'succeeded' then
    return null;
  end if;
  -- A second charge on a session that was already paid buys the same again.
  insert into public.payments (
    user_id, package_id, credit_type, credits, amount, currency, provider, provider_product_id, checkout_session_id
  )
  values (
    first_attempt.user_id, first_attempt.package_id, first_attempt.credit_type, first_attempt.credits,
    first_attempt.amount, first_attempt.currency, p_provider, first_attempt.provider_product_id,
    p_checkout_session_id
  )
  returning * into payment;
  return payment;
end
$$;
comment on function private.find_payment is
  'The row an event is about: that of its payment id, else that of its session; null when there is nothing it may change. Call it with the payer locked.';

create function private.open_subscription_payment(
  p_provider text,
  p_provider_subscription_id text,
  p_product_id text
)
returns public.payments
language sql
set search_path = ''
as $$
  insert into public.payments (
    user_id, package_id, subscription_id, credit_type, credits, amount, currency, provider, provider_product_id
  )
  select s.user_id, p.id, s.id, p.credit_type, p.credits, p.price, p.currency, p_provider, p_product_id
  from public.subscriptions s
  join public.credit_packages p on p.id = coalesce(
    private.plan_of_product(p_provider, p_product_id),
    s.package_id
  )
  where s.provider = p_provider
  and s.provider_subscription_id = p_provider_subscription_id
  returning *
$$;
comment on function private.open_subscription_payment is
  'The row of a charge without a checkout: a renewal or a plan change. It is for the plan that was charged, which may be newer than that of the subscription.';

create function private.is_product_mismatch(p_package public.credit_packages, p_event jsonb)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case
    when p_package.id is null then false
    when p_package.kind = 'subscription' then p_event ->> 'subscription_id' is null
    else p_event ->> 'subscription_id' is not null or not exists (
      select from public.payments
      where provider = p_event ->> 'provider'
      and (
        checkout_session_id = p_event ->> 'checkout_session_id'
        or provider_payment_id = p_event ->> 'payment_id'
      )
      and provider_product_id = p_event ->> 'product_id'
    )
  end
$$;
comment on function private.is_product_mismatch is
  'Whether a payment is not for what its checkout was opened for: another product, or a subscription for a purchase.';

create function private.apply_payment(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  audit_action constant text := 'payment.apply';
  from_provider constant text := p_event ->> 'provider';
  payment_id constant text := p_event ->> 'payment_id';
  session_id constant text := p_event ->> 'checkout_session_id';
  provider_subscription_id constant text := p_event ->> 'subscription_id';
  new_status constant text := p_event ->> 'status';
  payer uuid := private.find_payer(from_provider, payment_id, session_id, provider_subscription_id, p_event ->> 'customer_id');
  payment public.payments;
  package public.credit_packages;
  subscription uuid;
  granted jsonb;
begin
  if private.payment_rank(new_status) is null or new_status = 'pending' then
    return private.refuse(audit_action, null, 'unknown_status', format('A payment cannot become "%s".', new_status));
  end if;
  if payer is null then
    return private.refuse(audit_action, null, 'unknown_payment', 'No checkout of ours has this session or payment id.');
  end if;
  perform private.lock_payer(payer);

  -- 1. Find what it is for.
  select p.* into package
  from public.payments o
  join public.credit_packages p on p.id = o.package_id
  where o.provider = from_provider
  and (o.checkout_session_id = session_id or o.provider_payment_id = payment_id)
  limit 1;
  select s.id into subscription
  from public.subscriptions s
  where s.provider = from_provider
  and s.provider_subscription_id = p_event ->> 'subscription_id';
  if package.id is null and subscription is null then
    return case
      when provider_subscription_id is null
        then private.refuse(audit_action, payer, 'unknown_payment', 'No checkout of ours has this session or payment id.')
      else private.refuse(
        audit_action, payer, 'unknown_subscription', 'This charges a subscription that no event has reported yet.'
      )
    end;
  end if;
  if new_status = 'succeeded' and private.is_product_mismatch(package, p_event) then
    return private.refuse(
      audit_action, payer, 'product_mismatch',
      format(
        'The payment is for %s, which is not what the checkout was for.',
        coalesce(provider_subscription_id, p_event ->> 'product_id', 'no one product')
      )
    );
  end if;
  if provider_subscription_id is not null and subscription is null then
    -- The first charge may be reported before its subscription. Its session names user and package.
    subscription := private.open_subscription(payer, from_provider, provider_subscription_id, package.id);
  end if;

  -- 2. Find its row, and stop if the event is not newer.
  payment := private.find_payment(from_provider, payment_id, session_id, new_status);
  if payment.id is null and not exists (
    select from public.payments p where p.provider = from_provider and p.checkout_session_id = session_id
  ) then
    payment := private.open_subscription_payment(from_provider, provider_subscription_id, p_event ->> 'product_id');
  end if;
  if payment.id is null or (
    payment.provider_payment_id is not distinct from payment_id
    and private.payment_rank(new_status) <= private.payment_rank(payment.status)
  ) then
    return jsonb_build_object('ok', true, 'replayed', true, 'status', payment.status);
  end if;

  -- 3. Apply it.
  if new_status = 'succeeded' and subscription is null then
    granted := public.add_credits(
      payment.user_id, payment.credits * greatest((p_event ->> 'quantity')::integer, 1), payment.credit_type, 'purchase',
      p_action => 'purchase',
      p_description => package.name || ' package',
      p_reference_id => payment_id,
      p_reference_type => 'payment',
      p_idempotency_key => format('payment:%s:%s', from_provider, payment_id),
      p_metadata => jsonb_build_object('provider', from_provider)
    );
    perform private.require_granted(granted);
  end if;
  update public.payments
  set
    status = new_status,
    provider_payment_id = payment_id,
    subscription_id = coalesce(subscription, subscription_id),
    charged_amount = coalesce((p_event ->> 'amount')::bigint, charged_amount),
    charged_currency = coalesce(p_event ->> 'currency', charged_currency),
    charged_tax = coalesce((p_event ->> 'tax')::bigint, charged_tax),
    charged_at = coalesce((p_event ->> 'charged_at')::timestamptz, charged_at, clock_timestamp()),
    failure_reason = case
      when new_status in ('failed', 'cancelled') then left(p_event ->> 'failure_reason', 500)
    end,
    transaction_id = (granted ->> 'transaction_id')::bigint,
    paid_at = case when new_status = 'succeeded' then clock_timestamp() end
  where id = payment.id
  returning * into payment;

  if new_status = 'succeeded' then
    if subscription is null then
      perform private.queue_receipt(payment, payment.transaction_id, package.name);
    else
      -- A charge of a surplus plan that was reported after all its others had been refunded.
      update public.subscriptions set surplus = 'open' where id = subscription and surplus = 'closed';
      perform private.keep_card(subscription, p_event -> 'card', payment.charged_at);
      perform private.link_periods_to_charges(subscription);
      perform private.grant_waiting_periods(s) from public.subscriptions s where s.id = subscription;
    end if;
    perform private.sync_payment(payment.id, 'Taken back with the payment');
  end if;
  return jsonb_build_object('ok', true, 'replayed', false, 'status', new_status, 'payment_id', payment.id)
    || coalesce(granted - 'ok' - 'replayed', '{}');
end
$$;
comment on function private.apply_payment is
  'Applies an event about a payment: moves its status forward and, for a purchase, grants its credits once. Raises (and so changes nothing) when the wallet cannot take them.';
