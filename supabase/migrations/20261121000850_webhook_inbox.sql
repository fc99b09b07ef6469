create table public.webhook_events (
  id text primary key constraint webhook_events_id_is_bounded check (char_length(id) between 1 and 255),
  type text not null,
  payload jsonb not null,
  status text not null default 'received',
  attempts integer not null default 1,
  error text,
  received_at timestamptz not null default clock_timestamp(),
  processed_at timestamptz,
  constraint webhook_events_status_is_known check (status in ('received', 'processed', 'ignored', 'failed'))
);
comment on table public.webhook_events is
  'The inbox of verified deliveries, by webhook-id, and of what reconciliation found (reconcile:…). Kept whatever becomes of them.';

create index webhook_events_received_idx on public.webhook_events (received_at desc);
create index webhook_events_unsettled_idx on public.webhook_events (received_at desc) where status in ('received', 'failed');

alter table public.webhook_events enable row level security;

create policy "admins read the inbox"
on public.webhook_events for select to authenticated
using ((select private.is_admin()));

grant select on public.webhook_events to authenticated, service_role;

create function public.store_webhook_event(p_id text, p_type text, p_payload jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  event public.webhook_events;
begin
  insert into public.webhook_events as stored (id, type, payload)
  values (p_id, p_type, p_payload)
  on conflict (id) do update
  set
    attempts = stored.attempts + 1,
    -- What is sent again tells how things stand by now; what was applied stays as it was.
    payload = case when stored.status in ('received', 'failed') then excluded.payload else stored.payload end
  returning * into event;
  return jsonb_build_object('ok', true, 'status', event.status, 'attempts', event.attempts);
end
$$;
comment on function public.store_webhook_event is
  'Keeps a verified delivery before anything is done with it; a repeated one counts an attempt and tells its status.';

create function public.finish_webhook_event(p_id text, p_status text, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- What was processed stays processed: a repeated delivery that fails must not hide that.
  update public.webhook_events
  set
    status = p_status,
    error = left(p_error, 2000),
    processed_at = clock_timestamp()
  where id = p_id
  and status <> 'processed';
  return jsonb_build_object('ok', true, 'changed', found);
end
$$;
comment on function public.finish_webhook_event is
  'Notes what became of a delivery that moved nothing: ignored (nothing to do) or failed (with its error, to be sent again).';

create function public.purge_webhook_payloads(p_older_than interval default '90 days', p_limit integer default 5000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  purged integer;
begin
  update public.webhook_events
  set payload = '{}'
  where id in (
    select id
    from public.webhook_events
    where status in ('processed', 'ignored')
    and payload <> '{}'
    and received_at < clock_timestamp() - p_older_than
    order by received_at
    limit p_limit
    for update skip locked
  );
  get diagnostics purged = row_count;
  return jsonb_build_object('ok', true, 'purged', purged);
end
$$;
comment on function public.purge_webhook_payloads is
  'Empties the payloads of old deliveries that are done with. Their ids stay, so a repeated delivery is still known.';

revoke execute on function
  public.store_webhook_event, public.finish_webhook_event, public.purge_webhook_payloads
from public, anon, authenticated;
grant execute on function
  public.store_webhook_event, public.finish_webhook_event, public.purge_webhook_payloads
to service_role;
