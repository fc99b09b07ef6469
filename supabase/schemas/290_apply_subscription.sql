-- What an event about a subscription changes.

create function private.apply_subscription(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  audit_action constant text := 'subscription.apply';
  from_provider constant text := p_event ->> 'provider';
  provider_id constant text := p_event ->> 'subscription_id';
  new_status constant text := p_event ->> 'status';
  happened_at constant timestamptz := (p_event ->> 'occurred_at')::timestamptz;
  -- The same timestamp, whether given to the second or to the microsecond.
  period_start constant timestamptz := date_trunc('second', (p_event ->> 'period_start')::timestamptz);
  period_end constant timestamptz := date_trunc('second', (p_event ->> 'period_end')::timestamptz);
  payer uuid := private.find_payer(from_provider, null, null, provider_id, p_event ->> 'customer_id');
  package public.credit_packages;
  former public.subscriptions;
  subscription public.subscriptions;
  period jsonb := '{}';
begin
  if private.subscription_rank(new_status) is null then
    return private.refuse(audit_action, payer, 'unknown_status', format('A subscription cannot become "%s".', new_status));
  end if;
  if payer is null then
    return private.refuse(audit_action, null, 'unknown_subscription', 'No customer of ours has this subscription.');
  end if;
  select * into package
  from public.credit_packages
  where id = private.plan_of_product(from_provider, p_event ->> 'product_id');
  if not found then
    return private.refuse(
      audit_action, payer, 'unknown_product', format('No plan of ours is the product %s.', p_event ->> 'product_id')
    );
  end if;
  perform private.lock_payer(payer);
  perform private.open_subscription(payer, from_provider, provider_id, package.id);
  select * into former
  from public.subscriptions
  where provider = from_provider
  and provider_subscription_id = provider_id;
  subscription := former;

  -- 1. Keep what is newer than what was known.
  if (private.subscription_rank(new_status), happened_at, new_status)
    > (private.subscription_rank(former.status), former.status_at, former.status)
  then
    subscription.status := new_status;
    subscription.status_at := happened_at;
  end if;
  if (happened_at, period_start) >= (former.details_at, coalesce(former.current_period_start, '-infinity')) then
    subscription.package_id := package.id;
    subscription.current_period_start := period_start;
    subscription.current_period_end := period_end;
    subscription.cancel_at_period_end := (p_event ->> 'cancel_at_period_end')::boolean;
    subscription.trial := (p_event ->> 'trial')::boolean;
    subscription.scheduled_package_id := private.plan_of_product(from_provider, p_event ->> 'scheduled_product_id');
    subscription.details_at := happened_at;
  end if;
  if subscription is distinct from former then
    update public.subscriptions
    set
      status = subscription.status,
      status_at = subscription.status_at,
      package_id = subscription.package_id,
      current_period_start = subscription.current_period_start,
      current_period_end = subscription.current_period_end,
      cancel_at_period_end = subscription.cancel_at_period_end,
      trial = subscription.trial,
      scheduled_package_id = subscription.scheduled_package_id,
      details_at = subscription.details_at
    where id = former.id;
    if not private.is_live(former) then
      perform private.mark_surplus(subscription, former.status = 'pending');
    end if;
  end if;

  perform private.keep_card(former.id, p_event -> 'card', happened_at);

  -- 2. Grant the period if this says that it was paid.
  if (p_event ->> 'paid')::boolean then
    period := private.record_period(
      subscription, package, (p_event ->> 'quantity')::integer, period_start, period_end, p_event ->> 'event_id'
    );
  end if;

  -- 3. Update the membership and email the user.
  perform private.sync_membership(payer);
  perform private.queue_plan_mails(former, subscription);
  return jsonb_build_object(
    'ok', true,
    'replayed', subscription is not distinct from former and period = '{}',
    'status', subscription.status,
    'transaction_id', null
  ) || period;
end
$$;
comment on function private.apply_subscription is
  'Applies an event about a subscription: keeps the newest state, grants a paid period once, and brings the membership in line. Events may come in any order.';

create function private.apply_card(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  subscription uuid;
begin
  select s.id into subscription
  from public.subscriptions s
  where s.provider = p_event ->> 'provider'
  and s.provider_subscription_id = p_event ->> 'subscription_id';
  if subscription is null then
    return private.refuse(
      'subscription.apply', null, 'unknown_subscription', 'No subscription of ours is paid with this card.'
    );
  end if;
  return jsonb_build_object(
    'ok', true,
    'replayed', not private.keep_card(subscription, p_event -> 'card', (p_event ->> 'occurred_at')::timestamptz)
  );
end
$$;
comment on function private.apply_card is 'Applies an event that says which card pays a subscription from now on.';
