-- Two checkouts may be paid before either is known, so a second plan can begin beside a live one. It is ended at once
-- and its charges are refunded. These functions say what is to do; the server asks the provider, and repeats it until
-- nothing is left.

create function private.is_surplus_done(p_subscription public.subscriptions)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.subscription_rank(p_subscription.status) = 2
  and not exists (
    select from public.payments
    where subscription_id = p_subscription.id
    and status = 'succeeded'
    and charged_amount > refunded_amount
  )
$$;
comment on function private.is_surplus_done is 'Whether a surplus plan has ended and all its charges are refunded.';

create function public.list_surplus_subscriptions(p_limit integer default 20)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  open_ones jsonb;
begin
  update public.subscriptions s set surplus = 'closed' where s.surplus = 'open' and private.is_surplus_done(s);
  select coalesce(jsonb_agg(jsonb_build_object(
    'subscription_id', listed.id,
    'provider', listed.provider,
    'provider_subscription_id', listed.provider_subscription_id,
    'ended', private.subscription_rank(listed.status) = 2,
    'kept', (
      select jsonb_build_object('provider', kept.provider, 'id', kept.provider_subscription_id)
      from public.subscriptions kept
      where kept.id = private.live_subscription(listed.user_id)
    )
  )), '[]')
  into open_ones
  from (select * from public.subscriptions where surplus = 'open' order by created_at limit p_limit) listed;
  return jsonb_build_object('ok', true, 'subscriptions', open_ones);
end
$$;
comment on function public.list_surplus_subscriptions is
  'Surplus plans that are not ended or not refunded yet, each with the provider and its id of the plan that is kept. Closes those that are done.';

create function public.confirm_surplus(p_subscription_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  surplus public.subscriptions;
begin
  select * into surplus from public.subscriptions where id = p_subscription_id;
  perform private.lock_payer(surplus.user_id);
  update public.subscriptions s
  set surplus = null
  where s.id = p_subscription_id
  and s.surplus = 'open'
  and private.is_live(s)
  and not private.is_closed(s.user_id)
  and private.live_subscription(s.user_id) is null;
  return jsonb_build_object('ok', true, 'confirmed', not found);
end
$$;
comment on function public.confirm_surplus is
  'Whether a plan is surplus still. If the one it began beside has ended meanwhile it is the only one, and stays.';

create function public.request_surplus_refunds(p_subscription_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  max_attempts constant integer := 3;
  reason text := 'A second plan began while another one was live';
  surplus public.subscriptions;
  payment public.payments;
  attempts integer;
  refund public.payment_refunds;
  requested jsonb := '[]';
begin
  select * into surplus from public.subscriptions where id = p_subscription_id;
  perform private.lock_payer(surplus.user_id);
  if private.is_closed(surplus.user_id) then
    reason := 'The plan began after the account was closed';
  end if;
  for payment in
    select p.*
    from public.payments p
    join public.subscriptions s on s.id = p.subscription_id
    where s.id = p_subscription_id
    and s.surplus = 'open'
    and private.refund_rejection(p, private.refundable_amount(p)) is null
    -- One that the provider refused is tried again, in an hour.
    and not exists (
      select from public.payment_refunds r
      where r.payment_id = p.id
      and r.status = 'failed'
      and r.updated_at > clock_timestamp() - interval '1 hour'
    )
  loop
    select count(*) into attempts
    from public.payment_refunds r
    where r.payment_id = payment.id
    and r.idempotency_key like 'surplus:%';
    continue when attempts >= max_attempts;
    insert into public.payment_refunds (payment_id, provider, amount, currency, reason, idempotency_key)
    values (
      payment.id, payment.provider, private.refundable_amount(payment), payment.charged_currency, reason,
      format('surplus:%s:%s', payment.id, attempts + 1)
    )
    returning * into refund;
    insert into public.audit_logs (target_user_id, action, outcome, reason, details)
    values (
      payment.user_id, 'payment.refund', 'success', reason,
      jsonb_build_object(
        'payment_id', payment.id, 'refund_id', refund.id, 'amount', refund.amount, 'currency', refund.currency
      )
    );
    requested := requested || jsonb_build_object(
      'refund_id', refund.id,
      'provider', payment.provider,
      'provider_payment_id', payment.provider_payment_id,
      'reason', reason
    );
  end loop;
  return jsonb_build_object('ok', true, 'refunds', requested);
end
$$;
comment on function public.request_surplus_refunds is
  'Requests a refund of all that is left of each charge of a surplus plan, before the provider is asked, and returns those requests: each charge once, and up to three times if the provider refused.';

grant execute on function
  public.list_surplus_subscriptions,
  public.confirm_surplus,
  public.request_surplus_refunds
to service_role;
