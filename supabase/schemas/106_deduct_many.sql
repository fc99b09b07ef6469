-- Many deductions in one transaction.

create function private.read_deductions(p_entries jsonb, p_wallets public.credits[], p_at timestamptz)
returns private.batch_entry[]
language plpgsql
set search_path = ''
set enable_nestloop = off
as $$
begin
  return (
    select array_agg(
      row(
        e.position, e.user_id, e.credit_type, 'deduction',
        case when e.amount between 1 and private.max_amount() then -e.amount end,
        e.action, e.description, e.reference_id, e.reference_type, e.idempotency_key,
        case
          when e.idempotency_key is not null then coalesce(
            e.request_hash, md5(row('deduct', e.amount, e.credit_type, e.action, e.reference_id)::text)
          )
        end,
        coalesce(e.metadata, '{}'), null, null,
        case
          when (e.amount between 1 and private.max_amount()) is not true then 'invalid_amount'
          when not private.is_key_bounded(e.idempotency_key) then 'invalid_key'
        end,
        null, coalesce(w.available, 0)
      )::private.batch_entry
      order by e.position
    )
    from (
      select
        position, user_id, amount, coalesce(credit_type, 'general') as credit_type, action, description, reference_id,
        reference_type, idempotency_key, request_hash, metadata
      from rows from (
        jsonb_to_recordset(p_entries) as (
          user_id uuid, amount bigint, credit_type text, action text, description text, reference_id text,
          reference_type text, idempotency_key text, request_hash text, metadata jsonb
        )
      ) with ordinality as given (
        user_id, amount, credit_type, action, description, reference_id, reference_type, idempotency_key, request_hash,
        metadata, position
      )
    ) e
    left join (
      select wallet.user_id, wallet.credit_type, private.available_balance(wallet, p_at) as available
      from unnest(p_wallets) wallet
    ) w on w.user_id = e.user_id and w.credit_type = e.credit_type
  );
end
$$;
comment on function private.read_deductions is 'The entries of deduct_many, with what each wallet can pay at p_at.';

create function public.deduct_many(p_entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.deduct';
  refused jsonb := private.refuse_batch(audit_action, p_entries);
  charged_at timestamptz;
  wallets public.credits[];
  entries private.batch_entry[];
  outcomes private.batch_outcome[];
  broken text;
begin
  if refused is not null then
    return refused;
  end if;
  loop
    begin
      wallets := private.lock_wallets(p_entries);
      charged_at := clock_timestamp();
      entries := private.read_deductions(p_entries, wallets, charged_at);
      outcomes := private.judge_batch(entries, 'insufficient_credits');
      wallets := private.expire_due_of_batch(entries, outcomes, wallets, charged_at);
      outcomes := private.number_batch(entries, outcomes, wallets);
      perform private.post_batch(entries, outcomes, wallets);
      return private.batch_result(audit_action, entries, outcomes);
    exception when unique_violation then
      -- Another wallet of the same user used a key meanwhile, which the next look finds.
      get stacked diagnostics broken = constraint_name;
      if broken <> 'credit_transactions_key_is_used_once' then
        raise;
      end if;
    end;
  end loop;
end
$$;
comment on function public.deduct_many is
  'Charges as deduct_credits does, up to 1,000 entries [{"user_id", "amount", "credit_type", "action", "idempotency_key", …}] in one transaction, as if they were sent one by one in their order: each has its own result in "results", and one that is refused does not stop the others.';

grant execute on function public.deduct_many to service_role;
