-- What an event about a refund or a dispute changes.

create function private.find_payment_refund(p_payment_id uuid, p_event jsonb)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select id
      from public.payment_refunds
      where provider = p_event ->> 'provider'
      and provider_refund_id = p_event ->> 'refund_id'
    ),
    (
      select id
      from public.payment_refunds
      where payment_id = p_payment_id
      and provider_refund_id is null
      and status in ('requested', 'failed')
      and (
        id::text = p_event ->> 'request_id'
        -- Metadata may be missing: then it is the oldest open request for the same amount.
        or (
          p_event ->> 'request_id' is null
          and status = 'requested'
          and amount = (p_event ->> 'amount')::bigint
        )
      )
      order by created_at, id
      limit 1
    )
  )
$$;
comment on function private.find_payment_refund is 'Our row of a payment refund that the provider reports; null when it was not requested here.';

create function private.apply_payment_refund(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  audit_action constant text := 'payment_refund.apply';
  new_status constant text := p_event ->> 'status';
  payment public.payments := private.lock_charged_payment(p_event ->> 'provider', p_event ->> 'payment_id');
  refund public.payment_refunds;
  taken bigint;
begin
  if private.payment_refund_rank(new_status) is null or new_status = 'requested' then
    return private.refuse(audit_action, payment.user_id, 'unknown_status', format('A refund cannot become "%s".', new_status));
  end if;
  if payment.id is null then
    return private.refuse(audit_action, null, 'unknown_payment', 'This refunds a payment whose success no event has reported yet.');
  end if;

  select * into refund from public.payment_refunds where id = private.find_payment_refund(payment.id, p_event);
  if not found then
    insert into public.payment_refunds (payment_id, provider, reason)
    values (payment.id, payment.provider, left(p_event ->> 'reason', 500))
    returning * into refund;
  end if;
  if private.payment_refund_rank(new_status) <= private.payment_refund_rank(refund.status) then
    return jsonb_build_object('ok', true, 'replayed', true, 'status', refund.status);
  end if;
  update public.payment_refunds
  set
    provider_refund_id = p_event ->> 'refund_id',
    status = new_status,
    amount = coalesce((p_event ->> 'amount')::bigint, amount),
    currency = coalesce(p_event ->> 'currency', currency),
    whole = (p_event ->> 'whole')::boolean,
    error = case when new_status = 'failed' then error end
  where id = refund.id;

  if new_status = 'succeeded' then
    taken := private.sync_payment(payment.id, 'Taken back: the payment was refunded');
    perform private.queue_mail(
      payment.user_id,
      'refund',
      format('refund:%s:%s', payment.provider, p_event ->> 'refund_id'),
      jsonb_build_object(
        'credit_type', payment.credit_type,
        'credits_taken', greatest(taken, 0),
        'debt', c.debt,
        'balance', c.balance,
        'amount', (p_event ->> 'amount')::bigint,
        'currency', coalesce(p_event ->> 'currency', payment.charged_currency),
        'package_name', p.name,
        -- Stripe gives the amount alone.
        'full', (p_event ->> 'whole')::boolean or (p_event ->> 'amount')::bigint >= payment.charged_amount
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
comment on function private.apply_payment_refund is
  'Applies an event about a payment refund. Once it has succeeded, the credits that the money bought are taken back.';

create function private.apply_dispute(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  audit_action constant text := 'dispute.apply';
  new_status constant text := p_event ->> 'status';
  happened_at constant timestamptz := (p_event ->> 'occurred_at')::timestamptz;
  payment public.payments := private.lock_charged_payment(p_event ->> 'provider', p_event ->> 'payment_id');
  dispute public.payment_disputes;
  ended constant boolean := new_status in ('won', 'cancelled');
  taken bigint;
begin
  if private.dispute_rank(new_status) is null then
    return private.refuse(audit_action, payment.user_id, 'unknown_status', format('A dispute cannot become "%s".', new_status));
  end if;
  if payment.id is null then
    return private.refuse(audit_action, null, 'unknown_payment', 'This disputes a payment whose success no event has reported yet.');
  end if;

  select * into dispute
  from public.payment_disputes
  where provider = payment.provider
  and provider_dispute_id = p_event ->> 'dispute_id';
  if dispute.id is not null
    and (private.dispute_rank(new_status), happened_at, new_status)
      <= (private.dispute_rank(dispute.status), dispute.status_at, dispute.status)
  then
    return jsonb_build_object('ok', true, 'replayed', true, 'status', dispute.status);
  end if;
  insert into public.payment_disputes as kept (
    payment_id, provider, provider_dispute_id, status, status_at, amount, currency, respond_by
  )
  values (
    payment.id, payment.provider, p_event ->> 'dispute_id', new_status, happened_at,
    (p_event ->> 'amount')::bigint, p_event ->> 'currency', (p_event ->> 'respond_by')::timestamptz
  )
  on conflict (provider, provider_dispute_id) do update
  set
    status = excluded.status,
    status_at = excluded.status_at,
    respond_by = coalesce(excluded.respond_by, kept.respond_by);
  taken := private.sync_payment(
    payment.id,
    case when ended then 'Given back: the dispute ended' else 'Taken back: the payment is disputed' end
  );
  -- One that was known only once it had ended took nothing.
  if dispute.id is not null or not ended then
    perform private.queue_mail(
      payment.user_id,
      'dispute',
      format('dispute:%s:%s:%s', payment.provider, p_event ->> 'dispute_id', case when ended then 'ended' else 'opened' end),
      jsonb_build_object(
        'package_name', p.name,
        'ended', ended,
        'amount', (p_event ->> 'amount')::bigint,
        'currency', p_event ->> 'currency',
        'credit_type', payment.credit_type,
        'credits', abs(taken),
        'debt', c.debt,
        'balance', c.balance
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
comment on function private.apply_dispute is
  'Applies an event about a dispute: the credits are taken back when it is opened, returned when it is won or cancelled.';
