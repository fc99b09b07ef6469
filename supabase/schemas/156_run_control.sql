-- While a run goes on: what it reports, how it is canceled. After it: how its user deletes it.

create function private.refusal_response(p_status integer, p_code text, p_message text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('status', p_status, 'body', jsonb_build_object('error', p_code, 'message', p_message))
$$;
comment on function private.refusal_response is 'A stored response that says why a run has no result.';

create function private.cancel_waiting(p_run_id bigint)
returns void
language sql
set search_path = ''
as $$
  select private.end_run(
    p_run_id, 'aborted', 'released', 0, 'The run was canceled before it did anything.',
    private.refusal_response(409, 'run_canceled', 'The run was canceled. You were not charged.')
  )
$$;
comment on function private.cancel_waiting is
  'Ends a canceled run that no process has, whose wallet is locked, and gives it back.';

create function public.cancel_run(p_user_id uuid, p_caller jsonb, p_run_id bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'run.cancel';
  api_key public.api_keys := private.api_key_of(p_caller);
  run public.runs;
  refused jsonb;
begin
  select * into run from public.runs where id = p_run_id and user_id = p_user_id;
  refused := private.refuse_spender(audit_action, p_user_id, p_caller, api_key, 'tools:' || run.tool);
  if refused is not null then
    return refused;
  end if;
  -- A key cancels what it started, and nothing else; a person whatever is theirs.
  if run.id is null or (p_caller ? 'api_key' and run.api_key_id is distinct from api_key.id) then
    return private.refuse(audit_action, p_user_id, 'run_not_found', 'There is no such run.');
  end if;
  -- Behind the lock, which a worker that claims the run takes as well.
  perform private.lock_wallet(run.user_id, run.credit_type);
  update public.runs
  set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
  where id = run.id
  and finished_at is null
  returning * into run;
  if run.status = 'queued' then
    perform private.cancel_waiting(run.id);
  end if;
  return jsonb_build_object('ok', true, 'status', (select status from public.runs where id = p_run_id));
end
$$;
comment on function public.cancel_run is
  'Cancels a run: one that waits ends at once and is given back; one that goes on is ended, and with it the hold, by the process that runs it. One that has ended stays as it is. Returns how the run stands.';

create function public.report_run(
  p_run_id bigint,
  p_progress jsonb default null,
  p_lease uuid default null,
  p_lease_ms integer default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  run public.runs;
  is_lost boolean := false;
begin
  select * into run from public.runs where id = p_run_id;
  if p_lease is not null then
    perform private.lock_wallet(run.user_id, run.credit_type);
    is_lost := not private.renew_lease(p_run_id, p_lease, p_lease_ms);
  end if;
  if not is_lost then
    update public.runs
    set progress = coalesce(p_progress, progress)
    where id = p_run_id
    and finished_at is null
    returning * into run;
  end if;
  return jsonb_build_object(
    'ok', true, 'is_lost', is_lost, 'is_cancel_requested', run.cancel_requested_at is not null
  );
end
$$;
comment on function public.report_run is
  'For the process that runs it: keeps the progress of a run, renews its lease and with it the hold, and tells whether the run is to end, or is lost to another worker.';

create function public.delete_run(p_user_id uuid, p_caller jsonb, p_run_id bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'run.delete';
  run public.runs;
  refused jsonb := private.refuse_caller(audit_action, p_user_id, p_caller);
begin
  if refused is not null then
    return refused;
  end if;
  select * into run from public.runs where id = p_run_id and user_id = p_user_id for no key update;
  if run.id is null then
    return private.refuse(audit_action, p_user_id, 'run_not_found', 'There is no such run.');
  end if;
  if run.finished_at is null then
    return private.refuse(audit_action, p_user_id, 'run_in_flight', 'This run is still going. Cancel it first.');
  end if;
  update public.runs
  set
    input = null,
    full_input = null,
    stored_response = null,
    earliest_purge_at = null,
    deleted_at = coalesce(deleted_at, clock_timestamp())
  where id = run.id;
  return jsonb_build_object('ok', true, 'replayed', run.deleted_at is not null);
end
$$;
comment on function public.delete_run is
  'Deletes what a run of one''s own was asked and answered, and takes it out of the lists. What it cost stays in the ledger.';

grant execute on function public.cancel_run, public.report_run, public.delete_run to service_role;
