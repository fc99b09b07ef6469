-- When each job last ran, and what came of it: a scheduler that stopped is otherwise noticed by nobody.

create table public.job_runs (
  job text primary key constraint job_runs_job_is_a_slug check (job ~ '^[a-z][a-z-]{0,39}$'),
  ran_at timestamptz not null default clock_timestamp(),
  result jsonb,
  error text
);
comment on table public.job_runs is 'The last run of each job. A job without a row has never run.';
comment on column public.job_runs.result is 'What it counted, of its last run that succeeded.';
comment on column public.job_runs.error is 'Why its last run failed; null when it succeeded.';

create function public.record_job_run(p_job text, p_result jsonb default null, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.job_runs (job, result, error)
  values (p_job, p_result, left(p_error, 500))
  on conflict (job) do nothing;
  if not found then
    update public.job_runs
    set ran_at = clock_timestamp(), result = coalesce(p_result, result), error = left(p_error, 500)
    where job = (
      select job
      from public.job_runs
      where job = p_job
      -- Jobs hold locks on wallets, so they never wait here: of two at once, one is recorded.
      for update skip locked
    );
  end if;
  return jsonb_build_object('ok', true, 'recorded', found);
end
$$;
comment on function public.record_job_run is 'Records that a job ran now: what it counted, or why it failed.';

create function private.end_job(p_job text, p_result jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  perform public.record_job_run(
    p_job,
    p_result,
    case
      when (p_result ->> 'failed')::integer > 0 then format('%s wallets failed; the log of the database says why.', p_result ->> 'failed')
    end
  );
  return p_result;
end
$$;
comment on function private.end_job is
  'The result of a job that is a function of the database, once its run is recorded: whoever calls it, pg_cron or the app.';

alter table public.job_runs enable row level security;

create policy "admins read when jobs ran"
on public.job_runs for select to authenticated
using ((select private.is_admin()));

grant select on public.job_runs to authenticated, service_role;
grant execute on function public.record_job_run to service_role;

alter publication supabase_realtime add table public.job_runs;
