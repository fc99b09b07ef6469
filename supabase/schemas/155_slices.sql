-- During a run whose price depends on what flows: more is held before more is delivered.

create function public.extend_hold(p_transaction_id bigint, p_total bigint, p_lease uuid default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.extend';
  hold public.credit_holds := private.lock_hold(p_transaction_id);
  held bigint := private.held(hold.run_id);
  extended_at timestamptz := clock_timestamp();
  api_key_id bigint;
  refused jsonb;
  wallet public.credits;
  payer public.credits;
  original public.credit_transactions;
  entry public.credit_transactions;
begin
  if hold.transaction_id is null then
    return private.refuse(audit_action, null, 'hold_not_found', 'There is no such hold.');
  end if;
  if hold.status <> 'open' or hold.expires_at <= extended_at then
    return private.refuse(
      audit_action, hold.user_id, 'hold_closed', 'The run has ended, so it can hold no more credits.',
      jsonb_build_object('status', hold.status, 'transaction_id', hold.transaction_id)
    );
  end if;
  if private.is_taken_over(hold.run_id, p_lease) then
    return private.refuse_taken_over(audit_action, hold);
  end if;
  if p_total is null or p_total not between 1 and private.max_amount() then
    return private.refuse(audit_action, hold.user_id, 'invalid_amount', 'A run holds a positive whole number of credits.');
  end if;

  wallet := private.lock_wallet(hold.user_id, hold.credit_type);
  if p_total <= held then
    return jsonb_build_object(
      'ok', true, 'held', held, 'balance', wallet.balance, 'version', wallet.version, 'replayed', true
    );
  end if;
  select r.api_key_id into api_key_id from public.runs r where r.id = hold.run_id;
  if api_key_id is not null then
    refused := private.refuse_over_budget(audit_action, api_key_id, hold.credit_type, p_total - held);
    if refused is not null then
      return refused;
    end if;
  end if;
  payer := private.make_available(wallet, p_total - held, extended_at);
  if payer.user_id is null then
    return private.refuse_insufficient(
      audit_action, hold.user_id, hold.credit_type, private.available_balance(wallet, extended_at), p_total - held
    );
  end if;

  select * into original from public.credit_transactions where id = hold.transaction_id;
  entry := private.debit(
    payer, 'deduction', p_total - held, original.action, original.description, original.reference_id,
    original.reference_type,
    p_metadata => original.metadata || jsonb_build_object('price', p_total - held, 'continues', original.id),
    p_at => extended_at
  );
  update public.credit_holds set has_slices = true where run_id = hold.run_id and not has_slices;
  insert into public.credit_holds (
    transaction_id, run_id, user_id, credit_type, action, amount, has_slices, expires_at
  )
  values (
    entry.id, hold.run_id, hold.user_id, hold.credit_type, hold.action, p_total - held, true, hold.expires_at
  )
  returning * into hold;
  if api_key_id is not null then
    perform private.count_key_usage(api_key_id, hold.credit_type, p_total - held, hold.created_at);
  end if;
  return jsonb_build_object(
    'ok', true, 'held', p_total, 'balance', entry.balance_after, 'version', entry.seq, 'replayed', false
  );
end
$$;
comment on function public.extend_hold is
  'Holds p_total credits for a run in all: debits what is missing as a hold of its own, which ends with the run. A total that is held already debits nothing, so that a repeated call is paid once.';

grant execute on function public.extend_hold to service_role;
