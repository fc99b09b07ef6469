-- The common end of a run: it keeps all it holds.

create function private.keep_hold(
  p_transaction_id bigint,
  p_amount bigint,
  p_response jsonb,
  p_reason text,
  p_run_status text,
  p_cost bigint
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  ended_run_id bigint;
  kept bigint;
  payer_id uuid;
  payer_type text;
  result jsonb;
begin
  begin
    -- Checked again on what the last holder of the lock left: who else ends a hold or adds a slice locks it, too. Not asked
    -- by status, nor the queue by a join: a plan made while few holds are open, or queued, would read all of them for ever.
    update public.credit_holds h
    set status = 'settled', settled_amount = h.amount, reason = p_reason, finished_at = clock_timestamp()
    where h.transaction_id = p_transaction_id
    and h.finished_at is null
    and not h.has_slices
    and h.amount = coalesce(p_amount, h.amount)
    and (select q.run_id from private.queued_runs q where q.run_id = h.run_id) is null
    returning h.run_id, h.amount, h.user_id, h.credit_type into strict ended_run_id, kept, payer_id, payer_type;
  exception when no_data_found then
    -- Postgres keeps a row locked that it waited for, also when it then is left alone. Undone with this block, the lock
    -- is gone before the wallet is locked, which comes first everywhere.
    return null;
  end;
  perform private.finish_run(ended_run_id, p_run_status, kept, p_response);
  if p_cost is not null then
    perform private.note_cost(ended_run_id, p_cost);
  end if;
  select jsonb_build_object(
    'ok', true, 'status', 'settled', 'balance', c.balance, 'version', c.version, 'replayed', false
  )
  into result
  from public.credits c
  where c.user_id = payer_id
  and c.credit_type = payer_type;
  return result;
end
$$;
comment on function private.keep_hold is
  'The common end of a run: settles the one open hold of a run that is in no queue, whole. The wallet does not change, so it is not locked, and nobody who pays from it waits. Null, and nothing done, for any other hold.';
