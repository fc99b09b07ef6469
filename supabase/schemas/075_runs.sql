-- Every run of a tool. Its credits are in credit_holds, which a run ends together with itself.

create table public.runs (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  credit_type text not null,
  tool text not null,
  api_key_id bigint references public.api_keys (id),
  source text not null generated always as (case when api_key_id is null then 'page' else 'api_key' end) stored,
  input jsonb,
  status text not null default 'running',
  charged bigint not null default 0 constraint runs_charged_not_negative check (charged >= 0),
  stored_response jsonb,
  created_at timestamptz not null default clock_timestamp(),
  cancel_requested_at timestamptz,
  finished_at timestamptz,
  constraint runs_status_is_known check (status in ('running', 'succeeded', 'failed', 'aborted', 'expired')),
  constraint runs_finished_has_time check ((status = 'running') = (finished_at is null)),
  constraint runs_input_is_bounded check (pg_column_size(input) <= 16384),
  constraint runs_stored_response_is_bounded check (pg_column_size(stored_response) <= 1048576),
  constraint runs_wallet_exists
    foreign key (user_id, credit_type) references public.credits (user_id, credit_type) on delete restrict
);
comment on table public.runs is
  'Every run of a tool: what it was asked, how it ended and what it cost. Aborted: its client left or its time ran out; expired: its server died.';
comment on column public.runs.tool is 'The id of the tool, which is also the action of its ledger rows.';
comment on column public.runs.source is 'By what the run came: the page of its tool, or a key of the API.';
comment on column public.runs.input is 'What was asked, shortened; files by their names. Deleted with the stored response.';
comment on column public.runs.api_key_id is 'The key it came by; null for one of the page.';
comment on column public.runs.cancel_requested_at is 'When somebody asked for its end. The process that runs it looks.';
comment on column public.runs.charged is 'Whole credits that the run kept when it ended; 0 until then.';
comment on column public.runs.stored_response is
  'The response of the run, for a repeated request and for the list of runs.';

insert into private.personal_data (table_name, owned_by, columns)
values ('runs', 'user_id = $1', '{"input": null, "stored_response": null}');

create index runs_newest_idx on public.runs (user_id, id desc);
create index runs_api_key_idx on public.runs (api_key_id) where api_key_id is not null;
create index runs_purge_idx on public.runs (finished_at) where stored_response is not null or input is not null;

alter table public.runs enable row level security;

create policy "people read their own runs, admins every one"
on public.runs for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.runs to authenticated, service_role;
