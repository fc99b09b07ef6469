-- After a run: what becomes of its hold.

create function private.end_hold(
  p_hold public.credit_holds,
  p_status text,
  p_keep bigint,
  p_reason text default null,
  p_at timestamptz default clock_timestamp()
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  original public.credit_transactions;
  api_key_id bigint;
begin
  if p_keep < p_hold.amount then
    select r.api_key_id into api_key_id from public.runs r where r.id = p_hold.run_id;
    if api_key_id is not null then
      perform private.count_key_usage(api_key_id, p_hold.credit_type, p_keep - p_hold.amount, p_hold.created_at);
    end if;
    select * into original from public.credit_transactions where id = p_hold.transaction_id;
    perform private.restore(
      original,
      private.lock_wallet(p_hold.user_id, p_hold.credit_type),
      p_already => 0,
      p_amount => p_hold.amount - p_keep,
      p_reason => p_reason,
      p_at => p_at
    );
  end if;
  delete from private.queued_runs where run_id = p_hold.run_id;
  update public.credit_holds
  set
    status = p_status,
    settled_amount = case when p_status = 'settled' then p_keep end,
    reason = p_reason,
    finished_at = clock_timestamp()
  where transaction_id = p_hold.transaction_id;
end
$$;
comment on function private.end_hold is 'Ends an open, locked hold, whose run leaves the queue: keeps p_keep of it and gives the rest back.';

create function private.end_run(
  p_run_id bigint,
  p_run_status text,
  p_hold_status text,
  p_keep bigint,
  p_reason text,
  p_response jsonb
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  hold public.credit_holds;
  wallet public.credits;
  left_to_keep bigint := p_keep;
begin
  for hold in
    select *
    from public.credit_holds
    where run_id = p_run_id
    order by transaction_id
  loop
    perform private.end_hold(hold, p_hold_status, least(hold.amount, left_to_keep), p_reason);
    left_to_keep := left_to_keep - least(hold.amount, left_to_keep);
  end loop;
  perform private.finish_run(p_run_id, p_run_status, p_keep, p_response);
  wallet := private.lock_wallet(hold.user_id, hold.credit_type);
  return jsonb_build_object(
    'ok', true, 'status', p_hold_status, 'balance', wallet.balance, 'version', wallet.version, 'replayed', false
  );
end
$$;
comment on function private.end_run is
  'Ends a run and its open holds, whose wallet is locked: keeps p_keep credits, the first slices first, and gives the rest back.';

create function private.refuse_taken_over(p_audit_action text, p_hold public.credit_holds)
returns jsonb
language sql
set search_path = ''
as $$
  select private.refuse(
    p_audit_action, p_hold.user_id, 'run_taken_over', 'Another worker has taken this run over.',
    jsonb_build_object('transaction_id', p_hold.transaction_id)
  )
$$;
comment on function private.refuse_taken_over is 'The refusal for a worker that has lost its lease.';

create function public.settle_hold(
  p_transaction_id bigint,
  p_amount bigint default null,
  p_response jsonb default null,
  p_reason text default null,
  p_run_status text default 'succeeded',
  p_lease uuid default null,
  p_cost bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- A plan made while these tables are small, and kept by its connection, must not read all of them once they are large.
set enable_seqscan = off
as $$
declare
  audit_action constant text := 'credits.settle';
  hold public.credit_holds;
  held bigint;
  keep bigint;
  result jsonb := private.keep_hold(p_transaction_id, p_amount, p_response, p_reason, p_run_status, p_cost);
begin
  if result is not null then
    return result;
  end if;
  hold := private.lock_hold(p_transaction_id);
  held := private.held(hold.run_id);
  keep := coalesce(p_amount, held);
  if hold.transaction_id is null then
    return private.refuse(audit_action, null, 'hold_not_found', 'There is no such hold.');
  end if;
  if keep not between 0 and held then
    return private.refuse(
      audit_action, hold.user_id, 'invalid_amount', format('Between 0 and %s credits can be settled.', held)
    );
  end if;
  if hold.status = 'settled' and exists (select from public.runs where id = hold.run_id and charged = keep) then
    return jsonb_build_object('ok', true, 'status', hold.status, 'replayed', true);
  end if;
  if hold.status <> 'open' then
    return private.refuse(
      audit_action, hold.user_id, 'hold_closed', format('This hold was %s already.', hold.status),
      jsonb_build_object('status', hold.status, 'transaction_id', hold.transaction_id)
    );
  end if;
  if private.is_taken_over(hold.run_id, p_lease) then
    return private.refuse_taken_over(audit_action, hold);
  end if;
  perform private.note_cost(hold.run_id, p_cost);
  return private.end_run(hold.run_id, p_run_status, 'settled', keep, p_reason, p_response);
end
$$;
comment on function public.settle_hold is
  'After a run: keeps p_amount of what it holds (all of it by default), gives the rest back, and stores the response. A run that was aborted is settled for what it had used.';

create function public.release_hold(
  p_transaction_id bigint,
  p_reason text default null,
  p_response jsonb default null,
  p_run_status text default 'failed',
  p_lease uuid default null,
  p_cost bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- A plan made while these tables are small, and kept by its connection, must not read all of them once they are large.
set enable_seqscan = off
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
  if private.is_taken_over(hold.run_id, p_lease) then
    return private.refuse_taken_over(audit_action, hold);
  end if;
  perform private.note_cost(hold.run_id, p_cost);
  return private.end_run(hold.run_id, p_run_status, 'released', 0, p_reason, p_response);
end
$$;
comment on function public.release_hold is
  'After a run that failed: gives back all that it holds, with the reason.';

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
    select * from private.lock_overdue(p_wallet, p_at)
  loop
    perform private.end_hold(
      hold, 'expired', 0, 'The run did not end in time, so its credits came back.', p_at => p_at
    );
    -- The slices of a run expire together.
    perform private.finish_run(hold.run_id, 'expired');
    released := released + 1;
  end loop;
  return released;
end
$$;
comment on function private.release_expired is 'Releases the expired holds of a locked wallet and returns how many.';

create function private.make_available(p_wallet public.credits, p_amount bigint, p_at timestamptz)
returns public.credits
language plpgsql
set search_path = ''
as $$
declare
  available constant bigint := private.available_balance(p_wallet, p_at);
begin
  if available >= p_amount then
    return p_wallet;
  end if;
  -- Released credits repay debt first.
  if (available + private.reclaimable(p_wallet, p_at) - p_wallet.debt >= p_amount) is not true then
    return null;
  end if;
  perform private.release_expired(p_wallet, p_at);
  return private.lock_wallet(p_wallet.user_id, p_wallet.credit_type);
end
$$;
comment on function private.make_available is
  'A locked wallet as it can pay p_amount at p_at, once overdue holds are released where that is needed; all null, and nothing changed, if it cannot.';

grant execute on function public.settle_hold, public.release_hold to service_role;
