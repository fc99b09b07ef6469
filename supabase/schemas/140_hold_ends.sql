-- After a run: what becomes of its hold.

create function private.end_hold(
  p_hold public.credit_holds,
  p_status text,
  p_keep bigint,
  p_reason text default null,
  p_response jsonb default null,
  p_at timestamptz default clock_timestamp()
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  original public.credit_transactions;
  wallet public.credits;
begin
  wallet := private.lock_wallet(p_hold.user_id, p_hold.credit_type);
  if p_keep < p_hold.amount then
    select * into original from public.credit_transactions where id = p_hold.transaction_id;
    perform private.restore(
      original, wallet,
      p_already => 0,
      p_amount => p_hold.amount - p_keep,
      p_reason => p_reason,
      p_at => p_at
    );
    wallet := private.lock_wallet(p_hold.user_id, p_hold.credit_type);
  end if;
  update public.credit_holds
  set
    status = p_status,
    settled_amount = case when p_status = 'settled' then p_keep end,
    reason = p_reason,
    stored_response = p_response,
    finished_at = clock_timestamp()
  where transaction_id = p_hold.transaction_id;
  return jsonb_build_object(
    'ok', true, 'status', p_status, 'balance', wallet.balance, 'version', wallet.version, 'replayed', false
  );
end
$$;
comment on function private.end_hold is 'Ends an open, locked hold: keeps p_keep of it and gives the rest back.';

create function public.settle_hold(
  p_transaction_id bigint,
  p_amount bigint default null,
  p_response jsonb default null,
  p_reason text default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.settle';
  hold public.credit_holds := private.lock_hold(p_transaction_id);
begin
  if hold.transaction_id is null then
    return private.refuse(audit_action, null, 'hold_not_found', 'There is no such hold.');
  end if;
  if p_amount not between 0 and hold.amount then
    return private.refuse(
      audit_action, hold.user_id, 'invalid_amount', format('Between 0 and %s credits can be settled.', hold.amount)
    );
  end if;
  if hold.status = 'settled' and hold.settled_amount = coalesce(p_amount, hold.amount) then
    return jsonb_build_object('ok', true, 'status', hold.status, 'replayed', true);
  end if;
  if hold.status <> 'open' then
    return private.refuse(
      audit_action, hold.user_id, 'hold_closed', format('This hold was %s already.', hold.status),
      jsonb_build_object('status', hold.status, 'transaction_id', hold.transaction_id)
    );
  end if;
  return private.end_hold(hold, 'settled', coalesce(p_amount, hold.amount), p_reason, p_response);
end
$$;
comment on function public.settle_hold is
  'After a run: keeps p_amount of the hold (all of it by default), gives the rest back, and stores the response for a repeated request.';

create function public.release_hold(p_transaction_id bigint, p_reason text default null, p_response jsonb default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.release';
  hold public.credit_holds := private.lock_hold(p_transaction_id);
begin
  if hold.transaction_id is null then
    return private.refuse(audit_action, null, 'hold_not_found', 'There is no such hold.');
  end if;
  if hold.status in ('released', 'expired') then
    return jsonb_build_object('ok', true, 'status', hold.status, 'replayed', true);
  end if;
  if hold.status <> 'open' then
    return private.refuse(
      audit_action, hold.user_id, 'hold_closed', 'This hold was settled already.',
      jsonb_build_object('status', hold.status, 'transaction_id', hold.transaction_id)
    );
  end if;
  return private.end_hold(hold, 'released', 0, p_reason, p_response);
end
$$;
comment on function public.release_hold is 'After a run that failed: gives the whole hold back, with the reason.';

create function private.release_expired(p_wallet public.credits, p_at timestamptz default clock_timestamp())
returns integer
language plpgsql
set search_path = ''
as $$
declare
  hold public.credit_holds;
  released integer := 0;
begin
  for hold in
    select *
    from public.credit_holds
    where user_id = p_wallet.user_id
    and credit_type = p_wallet.credit_type
    and status = 'open'
    and expires_at <= p_at
    order by transaction_id
  loop
    perform private.end_hold(
      hold, 'expired', 0, 'The run did not end in time, so its credits came back.', p_at => p_at
    );
    released := released + 1;
  end loop;
  return released;
end
$$;
comment on function private.release_expired is 'Releases the expired holds of a locked wallet and returns how many.';

grant execute on function public.settle_hold, public.release_hold to service_role;
