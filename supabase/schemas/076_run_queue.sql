-- The queue of runs that outlive their request. What works on it is in 157_work_runs.sql.

create table private.queued_runs (
  run_id bigint primary key references public.runs (id),
  user_id uuid not null,
  max_attempts smallint not null constraint queued_runs_max_attempts_in_range check (max_attempts between 1 and 10),
  attempts smallint not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  lease uuid,
  constraint queued_runs_attempts_in_range check (attempts between 0 and max_attempts)
);
comment on table private.queued_runs is
  'Runs in the background that have not ended. Locked after the wallet of the run, or without waiting.';
comment on column private.queued_runs.due_at is
  'When a worker may claim it: with a lease, once nobody has been heard of that long.';
comment on column private.queued_runs.lease is
  'Names the worker that has it. Whoever has lost it may neither settle nor release the run.';

create index queued_runs_due_idx on private.queued_runs (due_at, run_id);
create index queued_runs_leased_idx on private.queued_runs (user_id) where lease is not null;

alter table private.queued_runs enable row level security;

create function private.is_taken_over(p_run_id bigint, p_lease uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from private.queued_runs where run_id = p_run_id and lease is distinct from p_lease);
end
$$;
comment on function private.is_taken_over is
  'Whether a run in the background belongs to another worker by now, or to none. Ask once its wallet is locked.';

create function private.finish_run(p_run_id bigint, p_status text, p_charged bigint default 0, p_response jsonb default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.runs
  set
    status = p_status,
    charged = p_charged,
    stored_response = p_response,
    progress = null,
    finished_at = clock_timestamp(),
    purge_at = clock_timestamp() + retention
  where id = p_run_id
  and finished_at is null;
end
$$;
comment on function private.finish_run is
  'Writes down how a run ended, whose locked holds are ended beside it. One that has ended stays as it is.';
