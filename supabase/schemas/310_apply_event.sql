-- The single entry point for events.

create function public.apply_payment_event(p_event_id text, p_event jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  stored public.payment_events;
  event jsonb;
  result jsonb;
begin
  select * into stored from public.payment_events where id = p_event_id for update;
  if not found then
    return private.refuse('event.apply', null, 'unknown_event', 'This event was not stored.');
  end if;
  if stored.status = 'processed' then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  -- Ids are a provider's own, so every look-up asks for both.
  event := p_event || jsonb_build_object('provider', stored.provider, 'event_id', p_event_id);
  result := case event ->> 'kind'
    when 'payment' then private.apply_payment(event)
    when 'subscription' then private.apply_subscription(event)
    when 'card' then private.apply_card(event)
    when 'refund' then private.apply_payment_refund(event)
    when 'dispute' then private.apply_dispute(event)
    else private.refuse('event.apply', null, 'unknown_kind', 'There is no such kind of event.')
  end;
  if (result ->> 'ok')::boolean then
    update public.payment_events
    set
      status = case when result ? 'review' then 'review' else 'processed' end,
      error = result ->> 'review',
      processed_at = clock_timestamp()
    where id = p_event_id;
  end if;
  return result;
end
$$;
comment on function public.apply_payment_event is
  'Applies a stored event, translated by the provider''s adapter (lib/payments/events/payment-event.ts), in one transaction: claims the event, claims the payment, period, refund or dispute it is about, and moves credits. An applied event is never applied again; one that fails has changed nothing and can be sent again.';

create function public.record_event_replay(p_id text, p_actor_id uuid, p_outcome text, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_unless_admin('event.replay', null, p_actor_id, jsonb_build_object('event_id', p_id));
  recorded boolean;
begin
  if refused is not null then
    return refused;
  end if;
  insert into public.audit_logs (actor_id, action, outcome, reason, details)
  select
    p_actor_id,
    'event.replay',
    case when p_error is null then 'success' else 'failure' end,
    left(p_error, 500),
    jsonb_build_object('event_id', id, 'type', type, 'outcome', p_outcome)
  from public.payment_events
  where id = p_id;
  recorded := found;
  if p_outcome = 'reviewed' then
    perform private.close_review(p_id);
  end if;
  return jsonb_build_object('ok', true, 'recorded', recorded);
end
$$;
comment on function public.record_event_replay is
  'Records in the audit log that an admin replayed an event, and the outcome; reviewed closes its review.';

grant execute on function public.apply_payment_event, public.record_event_replay to service_role;
