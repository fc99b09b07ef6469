-- What an event about a refund or a dispute changes.

create function private.find_refund(p_payment_id uuid, p_fact jsonb)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select id from public.payment_refunds where provider_refund_id = p_fact ->> 'refund_id'),
    (
      select id
      from public.payment_refunds
      where payment_id = p_payment_id
      and provider_refund_id is null
      and status in ('requested', 'failed')
      and (
        id::text = p_fact ->> 'request_id'
        -- Metadata may come back empty: then it is the oldest request for the same sum that is still unanswered.
        or (
          p_fact ->> 'request_id' is null
          and status = 'requested'
          and amount = (p_fact ->> 'amount')::bigint
        )
      )
      order by created_at, id
      limit 1
    )
  )
$$;
comment on function private.find_refund is 'Our row of a refund the provider tells of; null when it was not asked for here.';

create function private.apply_refund(p_fact jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  verb constant text := 'refund.apply';
  new_status constant text := p_fact ->> 'status';
  payment public.payments := private.lock_charged_payment(p_fact ->> 'payment_id');
  refund public.payment_refunds;
  taken bigint;
begin
  if private.refund_rank(new_status) is null or new_status = 'requested' then
    return private.refuse(verb, payment.user_id, 'unknown_status', format('A refund cannot become "%s".', new_status));
  end if;
  if payment.id is null then
    return private.refuse(verb, null, 'unknown_payment', 'This refunds a payment that no delivery has told the success of yet.');
  end if;

  select * into refund from public.payment_refunds where id = private.find_refund(payment.id, p_fact);
  if not found then
    insert into public.payment_refunds (payment_id, reason)
    values (payment.id, left(p_fact ->> 'reason', 500))
    returning * into refund;
  end if;
  if private.refund_rank(new_status) <= private.refund_rank(refund.status) then
    return jsonb_build_object('ok', true, 'replayed', true, 'status', refund.status);
  end if;
  update public.payment_refunds
  set
    provider_refund_id = p_fact ->> 'refund_id',
    status = new_status,
    amount = coalesce((p_fact ->> 'amount')::bigint, amount),
    currency = coalesce(p_fact ->> 'currency', currency),
    whole = (p_fact ->> 'whole')::boolean,
    error = case when new_status = 'failed' then coalesce(left(p_fact ->> 'error', 500), error) end
  where id = refund.id;

  if new_status = 'succeeded' then
    taken := private.settle_payment(payment.id, 'Taken back: the payment was refunded');
    perform private.queue_mail(
      payment.user_id,
      'refund',
      'refund:' || (p_fact ->> 'refund_id'),
      jsonb_build_object(
        'credits_taken', greatest(taken, 0),
        'debt', c.debt,
        'balance', c.balance,
        'amount', (p_fact ->> 'amount')::bigint,
        'currency', coalesce(p_fact ->> 'currency', payment.charged_currency),
        'package_name', p.name,
        'full', (p_fact ->> 'whole')::boolean
      )
    )
    from public.credits c, public.credit_packages p
    where c.user_id = payment.user_id
    and c.credit_type = payment.credit_type
    and p.id = payment.package_id;
  end if;
  return jsonb_build_object('ok', true, 'replayed', false, 'status', new_status, 'credits_taken', taken);
end
$$;
comment on function private.apply_refund is
  'Applies what a delivery says of a refund. Once it has succeeded, the credits that money bought are taken back.';

create function private.apply_dispute(p_fact jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  verb constant text := 'dispute.apply';
  new_status constant text := p_fact ->> 'status';
  happened_at constant timestamptz := (p_fact ->> 'occurred_at')::timestamptz;
  payment public.payments := private.lock_charged_payment(p_fact ->> 'payment_id');
  dispute public.payment_disputes;
begin
  if private.dispute_rank(new_status) is null then
    return private.refuse(verb, payment.user_id, 'unknown_status', format('A dispute cannot become "%s".', new_status));
  end if;
  if payment.id is null then
    return private.refuse(verb, null, 'unknown_payment', 'This disputes a payment that no delivery has told the success of yet.');
  end if;

  select * into dispute from public.payment_disputes where provider_dispute_id = p_fact ->> 'dispute_id';
  if dispute.id is not null
    and (private.dispute_rank(new_status), happened_at, new_status)
      <= (private.dispute_rank(dispute.status), dispute.status_at, dispute.status)
  then
    return jsonb_build_object('ok', true, 'replayed', true, 'status', dispute.status);
  end if;
  insert into public.payment_disputes as kept (
    payment_id, provider_dispute_id, status, status_at, amount, currency
  )
  values (
    payment.id, p_fact ->> 'dispute_id', new_status, happened_at, (p_fact ->> 'amount')::bigint, p_fact ->> 'currency'
  )
  on conflict (provider_dispute_id) do update
  set status = excluded.status, status_at = excluded.status_at;
  return jsonb_build_object(
    'ok', true,
    'replayed', false,
    'status', new_status,
    'credits_taken', private.settle_payment(
      payment.id,
      case
        when new_status in ('won', 'cancelled') then 'Given back: the dispute ended'
        else 'Taken back: the payment is disputed'
      end
    )
  );
end
$$;
comment on function private.apply_dispute is
  'Applies what a delivery says of a dispute: the credits are taken back when it is opened, returned when it is won or cancelled.';
