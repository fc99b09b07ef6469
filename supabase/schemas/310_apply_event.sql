-- The one way in for events.

create function public.apply_delivery(p_event_id text, p_fact jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  event public.webhook_events;
  answer jsonb;
begin
  select * into event from public.webhook_events where id = p_event_id for update;
  if not found then
    return private.refuse('delivery.apply', null, 'unknown_event', 'This delivery was not stored.');
  end if;
  if event.status = 'processed' then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  answer := case p_fact ->> 'kind'
    when 'payment' then private.apply_payment(p_fact)
    when 'subscription' then private.apply_subscription(p_fact)
    when 'refund' then private.apply_refund(p_fact)
    when 'dispute' then private.apply_dispute(p_fact)
    else private.refuse('delivery.apply', null, 'unknown_kind', 'There is no such kind of fact.')
  end;
  if (answer ->> 'ok')::boolean then
    update public.webhook_events
    set status = 'processed', error = null, processed_at = clock_timestamp()
    where id = p_event_id;
  end if;
  return answer;
end
$$;
comment on function public.apply_delivery is
  'Applies a stored delivery, translated by the provider''s adapter (lib/payments/facts.ts), in one transaction: claims the delivery, claims the payment, period, refund or dispute it is about, and moves credits. A delivery that was applied is never applied again; one that fails has changed nothing and can be sent again.';

grant execute on function public.apply_delivery to service_role;
