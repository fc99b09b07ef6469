-- Which payment a delivery is about.

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
  select * into first_attempt
  from public.payments
  where checkout_session_id = p_checkout_session_id
  order by created_at, id
  limit 1;

  select * into payment
  from public.payments
  where provider_payment_id = p_provider_payment_id;

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
  'The row a delivery is about: that of its payment id, else that of its session; null when there is nothing it may change. Call it with the payer locked.';

create function private.open_subscription_payment(p_provider_subscription_id text, p_product_id text)
returns public.payments
language sql
set search_path = ''
as $$
  insert into public.payments (
    user_id, package_id, subscription_id, credit_type, credits, amount, currency, provider_product_id
  )
  select s.user_id, p.id, s.id, p.credit_type, p.credits, p.price, p.currency, p.dodo_product_id
  from public.subscriptions s
  join public.credit_packages p on p.id = coalesce(
    (select id from public.credit_packages where dodo_product_id = p_product_id and kind = 'subscription'),
    s.package_id
  )
  where s.provider_subscription_id = p_provider_subscription_id
  returning *
$$;
comment on function private.open_subscription_payment is
  'The row of a charge that came without a checkout: a renewal, or a plan change. It is for the plan that was charged, which the subscription may not be known to have yet.';
