-- Jobs: the first two run every minute, the others every day. Each may run at any time, twice, or in parallel.

create function public.release_expired_holds(p_limit integer default 500)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  wallet record;
  released integer := 0;
  failed integer := 0;
begin
  for wallet in
    select distinct user_id, credit_type
    from (
      select user_id, credit_type
      from public.credit_holds
      where status = 'open'
      and expires_at <= clock_timestamp()
      order by expires_at
      limit p_limit
    ) due
    -- All who lock several wallets do so in one order, which prevents deadlocks.
    order by user_id, credit_type
  loop
    begin
      released := released + private.release_expired(private.lock_wallet(wallet.user_id, wallet.credit_type));
    exception
      -- One wallet that fails must not stop the others.
      when others then
        failed := failed + 1;
        raise warning 'holds of % (%) could not be released: %', wallet.user_id, wallet.credit_type, sqlerrm;
    end;
  end loop;
  return private.end_job('release-expired-holds', jsonb_build_object('ok', true, 'released', released, 'failed', failed));
end
$$;
comment on function public.release_expired_holds is 'Releases the holds of runs that never ended, as when a server was killed.';

create function public.expire_grants(p_limit integer default 500)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  wallet record;
  swept integer := 0;
  failed integer := 0;
begin
  for wallet in
    select user_id, credit_type
    from (
      select user_id, credit_type
      from public.credits
      where next_expiry_at <= clock_timestamp()
      order by next_expiry_at
      limit p_limit
    ) due
    order by user_id, credit_type
  loop
    begin
      perform private.expire_due(private.lock_wallet(wallet.user_id, wallet.credit_type));
      swept := swept + 1;
    exception
      when others then
        failed := failed + 1;
        raise warning 'grants of % (%) could not be expired: %', wallet.user_id, wallet.credit_type, sqlerrm;
    end;
  end loop;
  return private.end_job('expire-grants', jsonb_build_object('ok', true, 'wallets', swept, 'failed', failed));
end
$$;
comment on function public.expire_grants is 'Posts the expiry of due grants in wallets that nobody has used since.';

create function public.purge_rate_limits(p_idle interval default '1 day')
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  purged integer;
begin
  delete from private.rate_limits where next_free_at < clock_timestamp() - p_idle;
  get diagnostics purged = row_count;
  return private.end_job('purge-rate-limits', jsonb_build_object('ok', true, 'purged', purged));
end
$$;
comment on function public.purge_rate_limits is 'Deletes the counters of users who have not used an action for p_idle.';

create function public.purge_stored_responses(p_limit integer default 5000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  purged integer;
begin
  update public.runs
  set stored_response = null, input = null, full_input = null, earliest_purge_at = null
  where id in (
    select id
    from public.runs
    where earliest_purge_at <= clock_timestamp()
    and purge_at <= clock_timestamp()
    limit p_limit
    for update skip locked
  );
  get diagnostics purged = row_count;
  return private.end_job('purge-stored-responses', jsonb_build_object('ok', true, 'purged', purged));
end
$$;
comment on function public.purge_stored_responses is
  'Deletes what runs were asked and their stored responses once their retention is over. The runs, their holds and the ledger stay.';

grant execute on function
  public.release_expired_holds,
  public.expire_grants,
  public.purge_rate_limits,
  public.purge_stored_responses
to service_role;
