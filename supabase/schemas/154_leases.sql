-- What a worker that has a run in the background owes: to be heard of before its lease is over.

create function private.hold_while_leased(p_queued private.queued_runs)
returns void
language sql
set search_path = ''
as $$
  update public.credit_holds
  set expires_at = p_queued.due_at + case
    -- Time for another worker to pick it up.
    when p_queued.attempts < p_queued.max_attempts then interval '10 minutes'
    else interval '0'
  end
  where run_id = p_queued.run_id
  and status = 'open'
$$;
comment on function private.hold_while_leased is
  'Lets the holds of a claimed run expire with its lease, or later when the run may be tried again.';

create function private.renew_lease(p_run_id bigint, p_lease uuid, p_lease_ms integer)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  queued private.queued_runs;
begin
  update private.queued_runs
  set due_at = clock_timestamp() + make_interval(secs => p_lease_ms / 1000.0)
  where run_id = p_run_id
  and lease = p_lease
  returning * into queued;
  if not found then
    return false;
  end if;
  perform private.hold_while_leased(queued);
  return true;
end
$$;
comment on function private.renew_lease is
  'Keeps a run for the worker that has it, whose wallet is locked, and extends its holds. False once the lease is lost.';
