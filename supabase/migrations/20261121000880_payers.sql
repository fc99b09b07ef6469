-- Whose money it is. Everything that concerns one user's money queues at the row of the user's profile, so deliveries
-- about a payment, its subscription and its refund never see each other half done, nor wait in a circle.

create function private.find_payer(
  p_payment_id text default null,
  p_checkout_session_id text default null,
  p_subscription_id text default null,
  p_customer_id text default null
)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select user_id from public.payments where provider_payment_id = p_payment_id),
    (select user_id from public.payments where checkout_session_id = p_checkout_session_id limit 1),
    (select user_id from public.subscriptions where provider_subscription_id = p_subscription_id),
    (select user_id from public.payment_customers where provider_customer_id = p_customer_id)
  )
$$;
comment on function private.find_payer is
  'Whose payment or subscription it is, by ids that were stored when the checkout was opened; null for nobody of ours. What metadata says is never asked.';

create function private.lock_payer(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.profiles where id = p_user_id for no key update;
end
$$;
comment on function private.lock_payer is 'Holds everything else about this user''s money off until the transaction ends.';

create function private.lock_charged_payment(p_provider_payment_id text)
returns public.payments
language plpgsql
set search_path = ''
as $$
declare
  payer uuid := private.find_payer(p_provider_payment_id);
  payment public.payments;
begin
  if payer is null then
    return null;
  end if;
  perform private.lock_payer(payer);
  -- Until it has succeeded, its row may yet become that of another attempt at the same checkout.
  select * into payment
  from public.payments
  where provider_payment_id = p_provider_payment_id
  and status = 'succeeded';
  return payment;
end
$$;
comment on function private.lock_charged_payment is
  'The payment of that id that money can come back of, its payer locked; all null when no delivery has told of its success yet.';

create function public.remember_customer(p_user_id uuid, p_customer_id text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  kept text;
begin
  insert into public.payment_customers (user_id, provider_customer_id)
  values (p_user_id, p_customer_id)
  on conflict do nothing;
  select provider_customer_id into kept from public.payment_customers where user_id = p_user_id;
  if kept is null then
    return private.refuse(
      'customer.remember', p_user_id, 'customer_taken', 'The payment provider knows this e-mail address as another user.'
    );
  end if;
  return jsonb_build_object('ok', true, 'customer_id', kept);
end
$$;
comment on function public.remember_customer is
  'Keeps who a user is at the payment provider, once: of two at the same moment the first stays, and both hear it. Nobody becomes the customer that another user is: providers match by e-mail, and addresses change hands.';

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
  if package.kind = 'subscription' and private.live_subscription(p_user_id) is not null then
    return private.refuse(
      'checkout.record', p_user_id, 'already_subscribed',
      'You have a plan already. Change it on the billing page instead of buying a second one.'
    );
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

create function private.live_subscription(p_user_id uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select id
  from public.subscriptions
  where user_id = p_user_id
  and status in ('active', 'past_due', 'on_hold', 'paused')
  and not (cancel_at_period_end and current_period_end <= clock_timestamp())
  order by created_at desc
  limit 1
$$;
comment on function private.live_subscription is 'The subscription a user has; null when there is none or it has ended.';

revoke execute on function public.remember_customer, public.record_checkout from public, anon, authenticated;
grant execute on function public.remember_customer, public.record_checkout to service_role;
