-- What the payment provider tells, kept before it is applied.

create table public.webhook_events (
  id text primary key constraint webhook_events_id_is_bounded check (char_length(id) between 1 and 255),
  type text not null,
  payload jsonb not null,
  about text[] not null default '{}',
  status text not null default 'received',
  attempts integer not null default 1,
  error text,
  received_at timestamptz not null default clock_timestamp(),
  processed_at timestamptz,
  constraint webhook_events_status_is_known check (status in ('received', 'processed', 'ignored', 'failed'))
);
comment on table public.webhook_events is
  'The inbox of verified deliveries, by webhook-id, and of what reconciliation found (reconcile:…). Kept whatever becomes of them.';
comment on column public.webhook_events.about is
  'The provider''s ids of what it tells of (payment, checkout, subscription, refund, dispute): they outlive the payload.';

create index webhook_events_received_idx on public.webhook_events (received_at desc, id desc);
create index webhook_events_about_idx on public.webhook_events using gin (about);
create index webhook_events_unsettled_idx on public.webhook_events (received_at desc) where status in ('received', 'failed');

create function private.ids_in(p_payload jsonb)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select coalesce(array_agg(distinct value order by value), '{}')
  from jsonb_each_text(
    -- A delivery carries its object as data; what the provider answered is the fact itself.
    case when jsonb_typeof(p_payload -> 'data') = 'object' then p_payload -> 'data' else p_payload end
  )
  where key in ('payment_id', 'checkout_session_id', 'subscription_id', 'refund_id', 'dispute_id')
  and value is not null
$$;
comment on function private.ids_in is 'The provider''s ids of what the payload of a delivery tells of.';

create function public.store_webhook_event(p_id text, p_type text, p_payload jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  event public.webhook_events;
begin
  insert into public.webhook_events as stored (id, type, payload, about)
  values (p_id, p_type, p_payload, private.ids_in(p_payload))
  on conflict (id) do update
  set
    attempts = stored.attempts + 1,
    -- What is sent again tells how things stand by now; what was applied stays as it was.
    payload = case when stored.status in ('received', 'failed') then excluded.payload else stored.payload end,
    about = case when stored.status in ('received', 'failed') then excluded.about else stored.about end
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

create function public.record_webhook_replay(p_id text, p_actor_id uuid, p_outcome text, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.audit_logs (actor_id, action, outcome, reason, details)
  select
    p_actor_id,
    'webhook.replay',
    case when p_error is null then 'success' else 'failure' end,
    left(p_error, 500),
    jsonb_build_object('event_id', id, 'type', type, 'outcome', p_outcome)
  from public.webhook_events
  where id = p_id;
  return jsonb_build_object('ok', true, 'recorded', found);
end
$$;
comment on function public.record_webhook_replay is
  'Notes in the audit log that an admin had a delivery of the inbox applied again, and what came of it.';

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

alter table public.webhook_events enable row level security;

create policy "admins read the inbox"
on public.webhook_events for select to authenticated
using ((select private.is_admin()));

grant select on public.webhook_events to authenticated, service_role;
grant execute on function
  public.store_webhook_event,
  public.finish_webhook_event,
  public.record_webhook_replay,
  public.purge_webhook_payloads
to service_role;
