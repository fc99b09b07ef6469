-- What a request for a reservation gets when it comes again.

create function private.replay_reservation(
  p_audit_action text,
  p_user_id uuid,
  p_credit_type text,
  p_idempotency_key text,
  p_request_hash text
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  replay jsonb := private.find_replay(p_user_id, p_idempotency_key, p_request_hash, p_audit_action);
  entry public.credit_transactions;
  hold public.credit_holds;
  run public.runs;
begin
  if not (replay ->> 'ok')::boolean then
    return replay;
  end if;
  select * into entry from public.credit_transactions where id = (replay ->> 'transaction_id')::bigint;
  select * into hold from public.credit_holds where transaction_id = entry.id;
  if hold.status = 'open' and hold.expires_at <= clock_timestamp() then
    -- The run is overdue: release it now instead of waiting for the job.
    perform private.release_expired(private.lock_wallet(p_user_id, p_credit_type));
    select * into hold from public.credit_holds where transaction_id = entry.id;
  end if;
  select * into run from public.runs where id = hold.run_id;
  return private.hold_result(hold, entry, run, true);
end
$$;
comment on function private.replay_reservation is
  'What a repeated reservation gets, whose wallet is locked: the result of the first one, or that it is still running, or a conflict.';
