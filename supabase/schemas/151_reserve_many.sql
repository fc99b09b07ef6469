-- Reservations of one server that come together, in one transaction.

create function public.reserve_many(p_entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_batch('credits.reserve', p_entries);
  entry record;
  results jsonb[] := array_fill(null::jsonb, array[jsonb_array_length(p_entries)]);
begin
  if refused is not null then
    return refused;
  end if;
  perform private.lock_wallets(p_entries);
  for entry in
    select *
    from rows from (
      jsonb_to_recordset(p_entries) as (
        user_id uuid, action text, prices jsonb, hold_ms integer, caller jsonb, credit_type text, required_tier text,
        rate_requests integer, rate_seconds integer, description text, idempotency_key text, request_hash text,
        metadata jsonb, input jsonb, run jsonb
      )
    ) with ordinality as given (
      user_id, action, prices, hold_ms, caller, credit_type, required_tier, rate_requests, rate_seconds, description,
      idempotency_key, request_hash, metadata, input, run, position
    )
    -- In the order in which two batches never wait in a circle for what a tool may cost a day.
    order by action, user_id, position
  loop
    results[entry.position] := public.reserve_credits(
      entry.user_id, entry.action, entry.prices, entry.hold_ms, entry.caller, coalesce(entry.credit_type, 'general'),
      entry.required_tier, entry.rate_requests, entry.rate_seconds, entry.description, entry.idempotency_key,
      entry.request_hash, entry.metadata, entry.input, coalesce(entry.run, '{}')
    );
  end loop;
  return jsonb_build_object('ok', true, 'results', to_jsonb(results));
end
$$;
comment on function public.reserve_many is
  'Reserves as reserve_credits does, for up to 1,000 entries with its arguments [{"user_id", "action", "prices", …}] in one transaction: each has its own result in "results". An entry that fails, instead of being refused, fails all of them.';

grant execute on function public.reserve_many to service_role;
