-- Workers: they claim runs from the queue, and put back what may be tried again.

create function private.describe_claim(p_queued private.queued_runs, p_run public.runs, p_wallet public.credits)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'run_id', p_run.id,
    'lease', p_queued.lease,
    'tool', p_run.tool,
    'input', p_run.full_input,
    'user_id', p_run.user_id,
    'email', (select email from public.profiles where id = p_run.user_id),
    'transaction_id', (select min(transaction_id) from public.credit_holds where run_id = p_run.id),
    'held', private.held(p_run.id),
    'balance', p_wallet.balance,
    'version', p_wallet.version,
    'tier', (
      select t.metadata -> 'tier'
      from public.credit_holds h
      join public.credit_transactions t on t.id = h.transaction_id
      where h.run_id = p_run.id
      order by t.id
      limit 1
    )
  )
$$;
comment on function private.describe_claim is 'What a worker needs of a run that it has claimed.';

create function public.claim_run(p_lease_ms integer, p_max_per_user integer, p_max_in_all integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  claimed_at timestamptz;
  queued private.queued_runs;
  run public.runs;
  wallet public.credits;
begin
  -- One claim at a time, or the limits would not be exact. Nothing below waits for a lock, so this is short.
  perform pg_advisory_xact_lock(hashtextextended('claim_run', 0));
  claimed_at := clock_timestamp();
  if (select count(*) from private.queued_runs where lease is not null and due_at > claimed_at) >= p_max_in_all then
    return jsonb_build_object('ok', true, 'claim', null);
  end if;

  for queued in
    select q.*
    from private.queued_runs q
    where q.due_at <= claimed_at
    and (
      select count(*)
      from private.queued_runs busy
      where busy.user_id = q.user_id
      and busy.lease is not null
      and busy.due_at > claimed_at
    ) < p_max_per_user
    order by q.due_at, q.run_id
    limit 100
    for update of q skip locked
  loop
    select * into run from public.runs where id = queued.run_id;
    -- Everything that ends a run has its wallet locked: this one is either ended here or claimed, never both.
    select * into wallet
    from public.credits
    where user_id = run.user_id
    and credit_type = run.credit_type
    for no key update skip locked;
    continue when not found;
    select * into run from public.runs where id = queued.run_id;
    if run.cancel_requested_at is not null then
      perform private.cancel_waiting(run.id);
    elsif queued.attempts >= queued.max_attempts then
      perform private.end_run(
        run.id, 'expired', 'expired', 0, 'The run did not end in time, so its credits came back.', null
      );
    else
      update private.queued_runs
      set
        lease = gen_random_uuid(),
        attempts = attempts + 1,
        due_at = claimed_at + make_interval(secs => p_lease_ms / 1000.0)
      where run_id = run.id
      returning * into queued;
      perform private.hold_while_leased(queued);
      update public.runs set status = 'running' where id = run.id;
      return jsonb_build_object('ok', true, 'claim', private.describe_claim(queued, run, wallet));
    end if;
  end loop;
  return jsonb_build_object('ok', true, 'claim', null);
end
$$;
comment on function public.claim_run is
  'Gives a worker the next run in the background that waits, or whose worker has not been heard of for its lease, unless p_max_per_user runs of its user go on, or p_max_in_all altogether. One that has been tried as often as it may is given back. The claim is null when there is none.';

create function public.requeue_run(p_run_id bigint, p_lease uuid, p_delay_ms integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  run public.runs;
  queued private.queued_runs;
begin
  select * into run from public.runs where id = p_run_id;
  perform private.lock_wallet(run.user_id, run.credit_type);
  update private.queued_runs
  set lease = null, due_at = clock_timestamp() + make_interval(secs => p_delay_ms / 1000.0)
  where run_id = p_run_id
  and lease = p_lease
  and attempts < max_attempts
  returning * into queued;
  if not found then
    return jsonb_build_object('ok', true, 'is_queued', false);
  end if;
  update public.runs set status = 'queued', progress = null where id = p_run_id;
  update public.credit_holds
  set expires_at = queued.due_at + interval '1 hour'
  where run_id = p_run_id
  and status = 'open';
  return jsonb_build_object('ok', true, 'is_queued', true);
end
$$;
comment on function public.requeue_run is
  'Puts a run that failed back into the queue of who has its lease, to be tried again after p_delay_ms; not one that was tried as often as it may.';

grant execute on function public.claim_run, public.requeue_run to service_role;
