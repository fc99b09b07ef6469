create function public.request_refund(
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
  verb constant text := 'payment.refund';
  payment public.payments;
  refund public.payment_refunds;
  refundable bigint;
begin
  select * into payment from public.payments where id = p_payment_id;
  if not exists (select from public.user_roles where user_id = p_actor_id and role = 'admin') then
    return private.refuse(verb, payment.user_id, 'forbidden', 'Only an admin refunds payments.', '{}', p_actor_id);
  end if;
  if char_length(btrim(coalesce(p_reason, ''))) not between 3 and 500 then
    return private.refuse(
      verb, payment.user_id, 'reason_required', 'Give a reason of 3 to 500 characters.', '{}', p_actor_id
    );
  end if;
  if payment.id is null then
    return private.refuse(verb, null, 'payment_not_found', 'There is no such payment.', '{}', p_actor_id);
  end if;
  perform private.lock_payer(payment.user_id);
  select * into payment from public.payments where id = p_payment_id;

  select * into refund from public.payment_refunds where idempotency_key = p_idempotency_key;
  if found then
    if refund.payment_id <> p_payment_id or refund.amount <> p_amount then
      return private.refuse(
        verb, payment.user_id, 'idempotency_conflict', 'This idempotency key was already used for another request.',
        '{}', p_actor_id
      );
    end if;
    return jsonb_build_object(
      'ok', true, 'replayed', true, 'refund_id', refund.id, 'status', refund.status, 'error', refund.error
    );
  end if;
  if payment.status <> 'succeeded' or coalesce(payment.charged_amount, 0) = 0 then
    return private.refuse(
      verb, payment.user_id, 'not_refundable', 'Only a payment that was charged can be refunded.', '{}', p_actor_id
    );
  end if;
  refundable := payment.charged_amount - (
    select coalesce(sum(coalesce(amount, payment.charged_amount)), 0)
    from public.payment_refunds
    where payment_id = payment.id
    and status <> 'failed'
  );
  if refundable <= 0 then
    return private.refuse(
      verb, payment.user_id, 'not_refundable', 'All of this payment was refunded already, or is being refunded.', '{}',
      p_actor_id
    );
  end if;
  if p_amount not between 1 and refundable then
    return private.refuse(
      verb, payment.user_id, 'invalid_amount', 'This is more than is left of the payment.',
      jsonb_build_object('refundable', refundable, 'currency', payment.charged_currency), p_actor_id
    );
  end if;
  insert into public.payment_refunds (payment_id, amount, currency, reason, requested_by, idempotency_key)
  values (
    payment.id, coalesce(p_amount, refundable), payment.charged_currency, btrim(p_reason), p_actor_id, p_idempotency_key
  )
  returning * into refund;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, payment.user_id, verb, 'success', btrim(p_reason),
    jsonb_build_object(
      'payment_id', payment.id, 'refund_id', refund.id, 'amount', refund.amount, 'currency', refund.currency
    )
  );
  return jsonb_build_object(
    'ok', true,
    'replayed', false,
    'refund_id', refund.id,
    'status', refund.status,
    'provider_payment_id', payment.provider_payment_id,
    'provider_product_id', payment.provider_product_id,
    'amount', refund.amount,
    -- All that is left is asked for without an amount: the provider knows it to the cent.
    'whole', refund.amount = refundable
  );
end
$$;
comment on function public.request_refund is
  'Notes an admin''s wish to refund a payment, in whole unless an amount (minor units) is told, before the provider is asked. The same key asks once. Credits are taken back when the provider says the money went.';

create function public.fail_refund_request(p_refund_id uuid, p_error text)
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
comment on function public.fail_refund_request is
  'Notes that the provider refused a refund. When it did not answer at all, leave the request as it is: reconciliation finds out.';

revoke execute on function public.request_refund, public.fail_refund_request from public, anon, authenticated;
grant execute on function public.request_refund, public.fail_refund_request to service_role;
