-- Credit refunds: deductions given back.

create function public.refund_transaction(
  p_transaction_id bigint,
  p_amount bigint default null,
  p_reason text default null,
  p_idempotency_key text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.refund';
  original public.credit_transactions;
  wallet public.credits;
  refund_key text := coalesce(p_idempotency_key, 'refund:' || p_transaction_id);
  refund_hash text := md5(row('refund', p_transaction_id, p_amount)::text);
  refused jsonb;
  replay jsonb;
  refundable bigint;
  entry public.credit_transactions;
begin
  select * into original from public.credit_transactions where id = p_transaction_id;
  if not found then
    return private.refuse(audit_action, null, 'transaction_not_found', 'There is no such transaction.', '{}', p_actor_id);
  end if;
  if p_actor_id is not null then
    refused := private.refuse_unless_admin(audit_action, original.user_id, p_actor_id);
    if refused is not null then
      return refused;
    end if;
  end if;
  if original.type <> 'deduction' then
    return private.refuse(
      audit_action, original.user_id, 'not_refundable', 'Only a deduction can be refunded.', '{}', p_actor_id
    );
  end if;

  wallet := private.lock_wallet(original.user_id, original.credit_type);
  refundable := -original.amount - private.refunded(original.id);
  -- Without a key of its own a deduction is refunded once. Asked for again, it is that refund which is in the way.
  if p_idempotency_key is null and exists (
    select from public.credit_transactions earlier
    where earlier.user_id = original.user_id
    and earlier.idempotency_key = refund_key
    and earlier.request_hash <> refund_hash
  ) then
    return private.refuse(
      audit_action, original.user_id, 'not_refundable',
      case
        when refundable = 0 then 'This transaction has already been refunded.'
        else format(
          '%s of the %s credits of this transaction have already been refunded. To refund more of them, give the refund a key of its own.',
          -original.amount - refundable, -original.amount
        )
      end,
      jsonb_build_object('refundable', refundable), p_actor_id
    );
  end if;
  replay := private.find_replay(original.user_id, refund_key, refund_hash, audit_action);
  if replay is not null then
    return replay;
  end if;
  if exists (select from public.credit_holds where transaction_id = original.id and status = 'open') then
    return private.refuse(
      audit_action, original.user_id, 'hold_open', 'The run this paid for is still going. Refund it when it has ended.', '{}',
      p_actor_id
    );
  end if;
  if refundable = 0 then
    return private.refuse(
      audit_action, original.user_id, 'not_refundable', 'This transaction has already been refunded.', '{}', p_actor_id
    );
  end if;
  if p_amount not between 1 and refundable then
    return private.refuse(
      audit_action,
      original.user_id,
      'invalid_amount',
      format('Between 1 and %s credits of this transaction can be refunded.', refundable),
      jsonb_build_object('refundable', refundable),
      p_actor_id
    );
  end if;
  if coalesce(p_amount, refundable) > private.headroom(wallet) then
    return private.refuse(
      audit_action, original.user_id, 'balance_limit', 'This would take the balance past the largest one that can be kept.',
      '{}', p_actor_id
    );
  end if;

  entry := private.restore(
    original, wallet,
    p_already => private.refunded(original.id),
    p_amount => coalesce(p_amount, refundable),
    p_reason => p_reason,
    p_idempotency_key => refund_key,
    p_request_hash => refund_hash,
    p_actor_id => p_actor_id
  );
  if p_actor_id is not null then
    insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
    values (
      p_actor_id, original.user_id, audit_action, 'success', p_reason,
      jsonb_build_object(
        'transaction_id', entry.id, 'reverses', original.id, 'credit_type', original.credit_type,
        'amount', entry.amount, 'balance', entry.balance_after
      )
    );
  end if;
  return private.transaction_result(entry, false);
end
$$;
comment on function public.refund_transaction is
  'Gives back a deduction, in whole unless an amount is given; all refunds of it together never exceed it. Without a key of its own, once. What an admin gives back is in the audit log.';

grant execute on function public.refund_transaction to service_role;
