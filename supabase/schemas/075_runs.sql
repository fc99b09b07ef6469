-- Every run of a tool. Its credits are in credit_holds, which a run ends together with itself.

create function private.is_valid_run(
  p_source text,
  p_status text,
  p_charged bigint,
  p_retention interval,
  p_finished_at timestamptz,
  p_purge_at timestamptz
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- Apart: an expression is set up once a transaction, at a cost that grows with its length.
  if p_finished_at is null then
    if p_purge_at is not null or p_status not in ('queued', 'running') then
      return false;
    end if;
  elsif p_purge_at is null or p_status not in ('succeeded', 'failed', 'aborted', 'expired') then
    return false;
  end if;
  return p_source in ('page', 'api_key', 'mcp')
    and p_charged >= 0
    and p_retention between interval '0' and interval '366 days';
end
$$;
comment on function private.is_valid_run is
  'Whether the fields of a run fit each other: known words, a charge, a bounded retention, and times once it has ended.';

create table public.runs (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  credit_type text not null,
  tool text not null,
  api_key_id bigint references public.api_keys (id),
  source text not null default 'page',
  input jsonb,
  full_input jsonb,
  status text not null default 'running',
  progress jsonb,
  charged bigint not null default 0,
  stored_response jsonb,
  retention interval not null default '1 day',
  created_at timestamptz not null default clock_timestamp(),
  cancel_requested_at timestamptz,
  finished_at timestamptz,
  purge_at timestamptz,
  earliest_purge_at timestamptz,
  deleted_at timestamptz,
  -- Few and short constraints, since every statement that writes parses them again.
  constraint runs_entry_is_valid check (private.is_valid_run(source, status, charged, retention, finished_at, purge_at)),
  constraint runs_content_is_bounded check (
    pg_column_size(input) <= 16384 and pg_column_size(full_input) <= 524288 and pg_column_size(progress) <= 4096
    and pg_column_size(stored_response) <= 1048576
  ),
  constraint runs_wallet_exists
    foreign key (user_id, credit_type) references public.credits (user_id, credit_type) on delete restrict
)
-- A run ends within its page, with no index touched: there is room for that version, and no index has what it changes.
with (fillfactor = 60);
comment on table public.runs is
  'Every run of a tool: what it was asked, how it ended and what it cost. Queued: it waits for a worker; aborted: it was canceled, its client left or its time ran out; expired: its server died.';
comment on column public.runs.tool is 'The id of the tool, which is also the action of its ledger rows.';
comment on column public.runs.source is 'By what the run came: the page of its tool, a key of the API, or MCP.';
comment on column public.runs.input is 'What was asked, shortened for lists; files by their names.';
comment on column public.runs.full_input is
  'What was asked, as it was sent: to run it in the background and to repeat it. Null when it has files or is too long.';
comment on column public.runs.progress is 'How far the run has come, until it ends.';
comment on column public.runs.retention is 'How long after its end the inputs and the stored response are kept.';
comment on column public.runs.purge_at is 'When they are deleted; null until the run ends.';
comment on column public.runs.earliest_purge_at is
  'What purge_at would be if the run had ended at once; null when they are deleted. Known from the beginning, so that an index finds what is due.';
comment on column public.runs.deleted_at is 'When its user deleted it: it is in no list any more. The ledger and its holds stay.';
comment on column public.runs.api_key_id is 'The key it came by; null for one of the page.';
comment on column public.runs.cancel_requested_at is 'When somebody asked for its end. The process that runs it looks.';
comment on column public.runs.charged is 'Whole credits that the run kept when it ended; 0 until then.';
comment on column public.runs.stored_response is
  'The response of the run, for a repeated request and for the list of runs.';

insert into private.personal_data (table_name, owned_by, columns)
values ('runs', 'user_id = $1', '{"input": null, "full_input": null, "progress": null, "stored_response": null}');

create index runs_newest_idx on public.runs (user_id, id desc);
-- For the figures of some days. A BRIN index costs a run next to nothing.
create index runs_days_idx on public.runs using brin (created_at);
create index runs_api_key_idx on public.runs (api_key_id) where api_key_id is not null;
create index runs_purge_idx on public.runs (earliest_purge_at) where earliest_purge_at is not null;

alter table public.runs enable row level security;

create policy "people read their own runs, admins every one"
on public.runs for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.runs to authenticated, service_role;
