-- What payment providers report, stored before it is applied.

create table public.payment_events (
  id text primary key constraint payment_events_id_is_bounded check (char_length(id) between 1 and 300),
  provider text not null,
  source text not null default 'webhook',
  type text not null,
  payload jsonb not null,
  provider_ids text[] not null default '{}',
  status text not null default 'received',
  attempts integer not null default 1,
  error text,
  received_at timestamptz not null default clock_timestamp(),
  processed_at timestamptz,
  constraint payment_events_source_is_known check (source in ('webhook', 'api', 'reconciliation')),
  constraint payment_events_status_is_known check (
    status in ('received', 'processed', 'ignored', 'failed', 'review')
  )
);
comment on table public.payment_events is
  'Everything the payment providers reported: verified webhooks by their provider and its id, and what one answered when asked (api, reconciliation). Kept whatever the outcome.';
comment on column public.payment_events.id is
  'The server names the provider in it (dodopayments:msg_1), since ids are unique at one provider only.';
comment on column public.payment_events.status is
  'review: applied, but what it says of a paid period does not fit the others, so that period granted nothing; error says why.';
comment on column public.payment_events.provider_ids is
  'The provider''s ids of what it is about (payment, checkout, subscription, refund, dispute): they outlive the payload.';

create index payment_events_received_idx on public.payment_events (received_at desc, id desc);
create index payment_events_provider_ids_idx on public.payment_events using gin (provider_ids);
create index payment_events_unapplied_idx on public.payment_events (received_at desc) where status in ('received', 'failed', 'review');

create function private.name_stripe_ids(p_object jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case p_object ->> 'object'
    when 'checkout.session' then jsonb_build_object(
      'checkout_session_id', p_object -> 'id',
      'payment_id', p_object -> 'payment_intent',
      'subscription_id', p_object -> 'subscription'
    )
    when 'payment_intent' then jsonb_build_object('payment_id', p_object -> 'id')
    when 'charge' then jsonb_build_object('payment_id', p_object -> 'payment_intent')
    when 'refund' then jsonb_build_object('refund_id', p_object -> 'id', 'payment_id', p_object -> 'payment_intent')
    when 'dispute' then jsonb_build_object('dispute_id', p_object -> 'id', 'payment_id', p_object -> 'payment_intent')
    when 'subscription' then jsonb_build_object('subscription_id', p_object -> 'id')
    when 'invoice' then jsonb_build_object(
      'payment_id', p_object -> 'id',
      'subscription_id', p_object #> '{parent,subscription_details,subscription}'
    )
    else '{}'
  end
$$;
comment on function private.name_stripe_ids is
  'The ids of an object of Stripe under the names that other payloads give them; its webhooks carry the object as data.object.';

create function private.extract_provider_ids(p_payload jsonb)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select coalesce(array_agg(distinct value order by value), '{}')
  from jsonb_each_text(
    -- A webhook carries its object as data; an event made from an API response is the object itself.
    case
      when jsonb_typeof(p_payload #> '{data,object}') = 'object' then private.name_stripe_ids(p_payload #> '{data,object}')
      when jsonb_typeof(p_payload -> 'data') = 'object' then p_payload -> 'data'
      else p_payload
    end
  )
  where key in ('payment_id', 'checkout_session_id', 'subscription_id', 'refund_id', 'dispute_id')
  and value is not null
$$;
comment on function private.extract_provider_ids is 'The provider''s ids in the payload of an event.';

create function private.provider_ids_of(p_user_id uuid)
returns text[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(id), '{}')
  from (
    select unnest(array[provider_payment_id, checkout_session_id]) as id from public.payments where user_id = p_user_id
    union
    select provider_subscription_id from public.subscriptions where user_id = p_user_id
    union
    select r.provider_refund_id
    from public.payment_refunds r
    join public.payments p on p.id = r.payment_id
    where p.user_id = p_user_id
    union
    select d.provider_dispute_id
    from public.payment_disputes d
    join public.payments p on p.id = d.payment_id
    where p.user_id = p_user_id
  ) ids
  where id is not null
$$;
comment on function private.provider_ids_of is 'The provider''s ids of all that is about this user, as in payment_events.provider_ids.';

-- What is not applied yet is still needed; purge_event_payloads empties it once it is.
insert into private.personal_data (table_name, owned_by, columns)
values (
  'payment_events',
  $$status in ('processed', 'ignored') and provider_ids && private.provider_ids_of($1)$$,
  '{"payload": [], "error": null}'
);

create function public.store_payment_event(
  p_id text,
  p_type text,
  p_payload jsonb,
  p_provider text,
  p_source text default 'webhook'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  event public.payment_events;
begin
  insert into public.payment_events as stored (id, provider, source, type, payload, provider_ids)
  values (p_id, p_provider, p_source, p_type, p_payload, private.extract_provider_ids(p_payload))
  on conflict (id) do update
  set
    attempts = stored.attempts + 1,
    -- A resent event holds the current state; one that was applied keeps its payload.
    payload = case when stored.status in ('received', 'failed') then excluded.payload else stored.payload end,
    provider_ids = case
      when stored.status in ('received', 'failed') then excluded.provider_ids
      else stored.provider_ids
    end
  where stored.provider = excluded.provider
  returning * into event;
  if event.id is null then
    return private.refuse(
      'event.store', null, 'event_taken', 'Another payment provider has reported an event of this id.',
      jsonb_build_object('event_id', p_id, 'provider', p_provider)
    );
  end if;
  return jsonb_build_object('ok', true, 'status', event.status, 'attempts', event.attempts);
end
$$;
comment on function public.store_payment_event is
  'Stores an event before it is applied. A repeated one counts an attempt and returns its status. Refuses an id that another provider holds, so that its event is never taken for a repeated one.';

create function public.finish_payment_event(p_id text, p_status text, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- What was applied stays applied, even if a repeated event fails.
  update public.payment_events
  set
    status = p_status,
    error = left(p_error, 2000),
    processed_at = clock_timestamp()
  where id = p_id
  and status not in ('processed', 'review');
  return jsonb_build_object('ok', true, 'changed', found);
end
$$;
comment on function public.finish_payment_event is
  'Records the outcome of an event that changed nothing: ignored (nothing to do) or failed (with its error, to be sent again).';

create function public.purge_event_payloads(p_older_than interval default '90 days', p_limit integer default 5000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  purged integer;
begin
  update public.payment_events
  set payload = '{}'
  where id in (
    select id
    from public.payment_events
    where status in ('processed', 'ignored')
    and payload <> '{}'
    and received_at < clock_timestamp() - p_older_than
    order by received_at
    limit p_limit
    for update skip locked
  );
  get diagnostics purged = row_count;
  -- Of a closed account at once: what the provider still reports names the person.
  update public.payment_events e
  set payload = '{}'
  from public.profiles p
  where p.closed_at is not null
  and e.provider_ids && private.provider_ids_of(p.id)
  and e.status in ('processed', 'ignored')
  and e.payload <> '{}';
  return private.end_job('purge-event-payloads', jsonb_build_object('ok', true, 'purged', purged));
end
$$;
comment on function public.purge_event_payloads is
  'Empties the payloads of old events that were processed, and of all that are about closed accounts. Their ids stay, so a repeated event is still recognized.';

alter table public.payment_events enable row level security;

create policy "admins read the payment events"
on public.payment_events for select to authenticated
using ((select private.is_admin()));

grant select on public.payment_events to authenticated, service_role;
grant execute on function
  public.store_payment_event,
  public.finish_payment_event,
  public.purge_event_payloads
to service_role;

alter publication supabase_realtime add table public.payment_events;
