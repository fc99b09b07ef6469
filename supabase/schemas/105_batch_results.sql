-- What a batch answers: one result an entry, in their order.

create function private.refuse_entry(
  p_audit_action text,
  p_entry private.batch_entry,
  p_refusal text,
  p_allowed bigint
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if p_refusal = 'insufficient_credits' then
    return private.refuse_insufficient(
      p_audit_action, p_entry.user_id, p_entry.credit_type, p_allowed, -p_entry.amount
    );
  end if;
  return private.refuse(
    p_audit_action,
    p_entry.user_id,
    p_refusal,
    case p_refusal
      when 'invalid_amount' then format(
        'The amount to %s must be a positive whole number of credits.',
        case p_entry.type when 'deduction' then 'deduct' else 'add' end
      )
      when 'invalid_type' then
        'Credits are added as a purchase, a subscription_grant, a signup_bonus or a promotion.'
      when 'invalid_key' then 'An idempotency key must have 1 to 255 characters.'
      when 'idempotency_conflict' then 'This idempotency key was already used for another request.'
      when 'already_expired' then 'These credits would be expired when they arrive.'
      when 'balance_limit' then 'This would take the balance past the largest one that can be kept.'
      when 'user_not_found' then 'There is no such user.'
      when 'unknown_credit_type' then 'There is no such credit type.'
    end
  );
end
$$;
comment on function private.refuse_entry is
  'The refusal of one entry of a batch, in the words of the functions that do it alone.';

create function private.batch_result(
  p_audit_action text,
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[]
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  refusals jsonb;
begin
  -- In one order: two batches that refuse the same people never wait for each other in a circle.
  select jsonb_object_agg(refused.position, refused.result) into refusals
  from (
    select e.position, private.refuse_entry(p_audit_action, p_entries[e.position], e.refusal, e.allowed) as result
    from (
      select *
      from unnest(p_entries, p_outcomes)
      where refusal is not null
      order by user_id, refusal, position
      offset 0
    ) e
  ) refused;
  return jsonb_build_object('ok', true, 'results', coalesce((
    select jsonb_agg(
      case
        when e.result is not null then e.result
        when e.refusal is not null then refusals -> e.position::text
        when e.is_posted then jsonb_build_object(
          'ok', true,
          'transaction_id', e.transaction_id,
          'credit_type', e.credit_type,
          'amount', e.amount,
          'balance', e.balance_before + e.amount,
          'version', e.seq,
          'replayed', false
        )
        else (
          select private.transaction_result(t, true)
          from public.credit_transactions t
          where t.id = coalesce(e.earlier_id, p_outcomes[e.repeats].transaction_id)
        )
      end
      order by e.position
    )
    from unnest(p_entries, p_outcomes) e
  ), '[]'));
end
$$;
comment on function private.batch_result is
  'The result of a batch, {ok: true, results: […]}: of each entry, in their order, what the function that does it alone would return.';
