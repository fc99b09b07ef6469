-- Payment refunds that an admin requests.

create function private.refundable_amount(p_payment public.payments)
returns bigint
language sql
stable
set search_path = ''
as $$
  select p_payment.charged_amount - coalesce(sum(coalesce(amount, p_payment.charged_amount)), 0)::bigint
  from public.payment_refunds
  where payment_id = p_payment.id
  and status <> 'failed'
$$;
comment on function private.refundable_amount is
  'What is left to refund of a payment, in minor units. Pending refunds count as refunded.';

create function private.refund_rejection(p_payment public.payments, p_amount bigint)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select case
    when p_payment.status <> 'succeeded' or coalesce(p_payment.charged_amount, 0) = 0 then jsonb_build_object(
      'code', 'not_refundable',
      'message', 'Only a payment that was charged can be refunded.'
    )
    when refundable <= 0 then jsonb_build_object(
      'code', 'not_refundable',
      'message', 'This payment has already been refunded, or is being refunded.'
    )
    when p_amount not between 1 and refundable then jsonb_build_object(
      'code', 'invalid_amount',
      'message', 'This is more than is left of the payment.',
      'refundable', refundable,
      'currency', p_payment.charged_currency
    )
  end
  from private.refundable_amount(p_payment) refundable
$$;
comment on function private.refund_rejection is
  'Why a payment, or p_amount of it, cannot be refunded: code, message and details; null if it can.';

create function public.request_payment_refund(
  p_payment_id uuid,
  p_reason text,
  p_actor_id uuid,
  p_idempotency_key text,
  p_amount bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'payment.refund';
  payment public.payments;
  refund public.payment_refunds;
  refused jsonb;
  refundable bigint;
begin
  select * into payment from public.payments where id = p_payment_id;
  refused := coalesce(
    private.refuse_unless_admin(audit_action, payment.user_id, p_actor_id),
    private.refuse_without_reason(audit_action, payment.user_id, p_reason, p_actor_id)
  );
  if refused is not null then
    return refused;
  end if;
  if payment.id is null then
    return private.refuse(audit_action, null, 'payment_not_found', 'There is no such payment.', '{}', p_actor_id);
  end if;
  perform private.lock_payer(payment.user_id);
  select * into payment from public.payments where id = p_payment_id;

  select * into refund from public.payment_refunds where idempotency_key = p_idempotency_key;
  if found then
    if refund.payment_id <> p_payment_id or refund.amount <> p_amount then
      return private.refuse(
        audit_action, payment.user_id, 'idempotency_conflict',
        'A refund of another amount, or of another payment, has already been requested with this key. Nothing more was refunded.',
        '{}', p_actor_id
      );
    end if;
    return jsonb_build_object(
      'ok', true, 'replayed', true, 'refund_id', refund.id, 'status', refund.status, 'error', refund.error
    );
  end if;
  refused := private.refund_rejection(payment, p_amount);
  if refused is not null then
    return private.refuse(
      audit_action, payment.user_id, refused ->> 'code', refused ->> 'message', refused - 'code' - 'message', p_actor_id
    );
  end if;
  refundable := private.refundable_amount(payment);
  insert into public.payment_refunds (payment_id, provider, amount, currency, reason, requested_by, idempotency_key)
  values (
    payment.id, payment.provider, coalesce(p_amount, refundable), payment.charged_currency, btrim(p_reason), p_actor_id, p_idempotency_key
  )
  returning * into refund;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, payment.user_id, audit_action, 'success', btrim(p_reason),
    jsonb_build_object(
      'payment_id', payment.id, 'refund_id', refund.id, 'amount', refund.amount, 'currency', refund.currency
    )
  );
  return jsonb_build_object(
    'ok', true,
    'replayed', false,
    'refund_id', refund.id,
    'status', refund.status,
    'provider', payment.provider,
    'provider_payment_id', payment.provider_payment_id,
    'provider_product_id', payment.provider_product_id,
    'amount', refund.amount,
    -- All that is left is requested without an amount, since the provider knows it exactly.
    'whole', refund.amount = refundable
  );
end
$$;
comment on function public.request_payment_refund is
  'Records an admin''s request to refund a payment, in whole or p_amount (minor units), before the provider is asked. The same key requests once. Credits are taken back when the provider reports success.';

create function public.fail_payment_refund(p_refund_id uuid, p_error text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.payment_refunds
  set status = 'failed', error = left(p_error, 500)
  where id = p_refund_id
  and status = 'requested'
  and provider_refund_id is null;
  return jsonb_build_object('ok', true, 'changed', found);
end
$$;
comment on function public.fail_payment_refund is
  'Records that the provider refused a refund. Not called when it did not respond: reconciliation finds the outcome.';

create function public.preview_payment_refund(p_payment_id uuid, p_amount bigint default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  payment public.payments;
  refused jsonb;
  wanted bigint;
  due bigint;
  available bigint;
begin
  select * into payment from public.payments where id = p_payment_id;
  if not found then
    return jsonb_build_object('ok', false, 'code', 'payment_not_found', 'message', 'There is no such payment.');
  end if;
  refused := private.refund_rejection(payment, p_amount);
  if refused is not null then
    return refused || jsonb_build_object('ok', false);
  end if;
  wanted := coalesce(p_amount, private.refundable_amount(payment));
  select coalesce(sum(greatest(
    least(
      private.clawback_target(payment, t.amount, wanted + pending.amount),
      t.amount - private.expired_credits(own_grant)
    ) - private.clawed_back(t.id),
    0
  )), 0)
  into due
  from public.credit_transactions t
  left join public.credit_grants own_grant on own_grant.transaction_id = t.id,
  (
    select coalesce(sum(r.amount), 0)::bigint as amount
    from public.payment_refunds r
    where r.payment_id = payment.id
    and r.status in ('requested', 'pending', 'review')
  ) pending
  where t.id = any(private.granting_transactions(payment));
  select c.balance - coalesce(sum(g.remaining), 0) into available
  from public.credits c
  left join public.credit_grants g
    on g.user_id = c.user_id
    and g.credit_type = c.credit_type
    and g.remaining > 0
    and g.expires_at <= clock_timestamp()
  where c.user_id = payment.user_id
  and c.credit_type = payment.credit_type
  group by c.user_id, c.credit_type;
  return jsonb_build_object(
    'ok', true,
    'amount', wanted,
    'refundable', private.refundable_amount(payment),
    'currency', payment.charged_currency,
    'credits_taken', due,
    'debt', due - least(due, coalesce(available, 0))
  );
end
$$;
comment on function public.preview_payment_refund is
  'The credits that refunding a payment, in whole or p_amount of it, would take back now, counting pending refunds, and how much of that would become debt.';

grant execute on function public.request_payment_refund, public.fail_payment_refund, public.preview_payment_refund to service_role;
