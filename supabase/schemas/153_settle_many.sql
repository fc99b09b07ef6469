-- Runs of one server that end together, in one transaction.

create function public.settle_many(p_entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- A plan made while these tables are small, and kept by its connection, must not read all of them once they are large.
set enable_seqscan = off
as $$
declare
  refused jsonb := private.refuse_batch('credits.settle', p_entries);
  entry record;
  results jsonb[];
begin
  if refused is not null then
    return refused;
  end if;
  results := array_fill(null::jsonb, array[jsonb_array_length(p_entries)]);
  -- Wallets before holds, as everybody locks them: of those that keep_hold will not settle. Should another one turn out so
  -- once its hold is locked, and meet who waits for that hold, the batch fails, and its entries are sent one by one.
  perform private.lock_wallets((
    select coalesce(jsonb_agg(jsonb_build_object('user_id', h.user_id, 'credit_type', h.credit_type)), '[]')
    from jsonb_to_recordset(p_entries) as e (transaction_id bigint, amount bigint)
    join public.credit_holds h on h.transaction_id = e.transaction_id
    where h.finished_at is not null
    or h.has_slices
    or h.amount <> e.amount
    or (select q.run_id from private.queued_runs q where q.run_id = h.run_id) is not null
  ));
  for entry in
    select *
    from rows from (
      jsonb_to_recordset(p_entries) as (
        transaction_id bigint, amount bigint, response jsonb, reason text, run_status text, lease uuid, cost bigint
      )
    ) with ordinality as given (transaction_id, amount, response, reason, run_status, lease, cost, position)
    -- In the order in which two batches never wait in a circle.
    order by transaction_id, position
  loop
    results[entry.position] := public.settle_hold(
      entry.transaction_id, entry.amount, entry.response, entry.reason, coalesce(entry.run_status, 'succeeded'),
      entry.lease, entry.cost
    );
  end loop;
  return jsonb_build_object('ok', true, 'results', to_jsonb(results));
end
$$;
comment on function public.settle_many is
  'Settles as settle_hold does, for up to 1,000 entries with its arguments [{"transaction_id", "amount", "response", …}] in one transaction: each has its own result in "results". An entry that fails, instead of being refused, fails all of them.';

grant execute on function public.settle_many to service_role;
