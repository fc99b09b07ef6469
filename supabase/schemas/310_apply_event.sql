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
  event := p_event || jsonb_build_object('provider', stored.provider);
  result := case event ->> 'kind'
    when 'payment' then private.apply_payment(event)
    when 'subscription' then private.apply_subscription(event)
    when 'refund' then private.apply_payment_refund(event)
    when 'dispute' then private.apply_dispute(event)
    else private.refuse('event.apply', null, 'unknown_kind', 'There is no such kind of event.')
  end;
  if (result ->> 'ok')::boolean then
    update public.payment_events
    set status = 'processed', error = null, processed_at = clock_timestamp()
    where id = p_event_id;
  end if;
  return result;
end
$$;
comment on function public.apply_payment_event is
  'Applies a stored event, translated by the provider''s adapter (lib/payments/events/payment-event.ts), in one transaction: claims the event, claims the payment, period, refund or dispute it is about, and moves credits. An applied event is never applied again; one that fails has changed nothing and can be sent again.';

grant execute on function public.apply_payment_event to service_role;
