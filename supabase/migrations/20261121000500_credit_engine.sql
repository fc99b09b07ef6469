-- The engine's core. Every change of a balance passes through private.post_transaction: one wallet lock, one ledger row.

create function private.transaction_result(p_entry public.credit_transactions, p_replayed boolean)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'ok', true,
    'transaction_id', p_entry.id,
    'amount', p_entry.amount,
    'balance', p_entry.balance_after,
    'version', p_entry.seq,
    'replayed', p_replayed
  )
$$;
comment on function private.transaction_result is
  'The result of a change: {ok: true, transaction_id, amount, balance, version, replayed}, as of that ledger row.';

create function private.find_replay(p_user_id uuid, p_idempotency_key text, p_request_hash text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  earlier public.credit_transactions;
begin
  select * into earlier
  from public.credit_transactions
  where user_id = p_user_id
  and idempotency_key = p_idempotency_key;
  if not found then
    return null;
  end if;
  if earlier.request_hash is distinct from p_request_hash then
    return private.refusal('idempotency_conflict', 'This idempotency key was already used for another request.');
  end if;
  return private.transaction_result(earlier, true);
end
$$;
comment on function private.find_replay is
  'What a used idempotency key answers: the first result again, a conflict if the request differs, null if the key is new. Call it with the wallet locked.';

create function private.post_transaction(
  p_user_id uuid,
  p_credit_type text,
  p_type text,
  p_amount bigint,
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_reverses bigint default null,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_metadata jsonb default '{}'
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits;
  entry public.credit_transactions;
  replay jsonb;
  request_hash text := coalesce(
    p_request_hash,
    md5(concat_ws('|', p_type, p_amount, p_credit_type, p_action, p_reference_id, p_reverses))
  );
begin
  if p_amount is null or p_amount = 0 or abs(p_amount) > private.max_amount() then
    return private.refusal('invalid_amount', 'The amount must be a whole number of credits, not zero.');
  end if;

  -- Lock first, look up after: only a statement that starts with the lock held sees what the last holder committed.
  select * into wallet
  from public.credits
  where user_id = p_user_id
  and credit_type = p_credit_type
  for no key update;

  if not found then
    if not exists (select from public.profiles where id = p_user_id) then
      return private.refusal('user_not_found', 'There is no such user.');
    end if;
    if not exists (select from public.credit_types where id = p_credit_type) then
      return private.refusal('unknown_credit_type', 'There is no such credit type.');
    end if;
    if p_amount < 0 then
      return private.insufficient_credits(0, -p_amount);
    end if;
    insert into public.credits (user_id, credit_type)
    values (p_user_id, p_credit_type)
    on conflict do nothing;
    select * into strict wallet
    from public.credits
    where user_id = p_user_id
    and credit_type = p_credit_type
    for no key update;
  end if;

  if p_idempotency_key is not null then
    replay := private.find_replay(p_user_id, p_idempotency_key, request_hash);
    if replay is not null then
      return replay;
    end if;
  end if;

  if wallet.balance + p_amount < 0 then
    return private.insufficient_credits(wallet.balance, -p_amount);
  end if;
  if wallet.balance + p_amount > private.max_amount() then
    return private.refusal('balance_limit', 'This would take the balance past the largest one that can be kept.');
  end if;

  update public.credits
  set
    balance = wallet.balance + p_amount,
    total_purchased = wallet.total_purchased + case when p_type = 'purchase' then p_amount else 0 end,
    total_used = wallet.total_used - case when p_type in ('deduction', 'refund') then p_amount else 0 end,
    version = wallet.version + 1,
    updated_at = clock_timestamp()
  where user_id = p_user_id
  and credit_type = p_credit_type;

  insert into public.credit_transactions (
    user_id, credit_type, seq, type, amount, balance_before, balance_after, action, description,
    reference_id, reference_type, reverses, idempotency_key, request_hash, actor_id, metadata
  )
  values (
    p_user_id, p_credit_type, wallet.version + 1, p_type, p_amount, wallet.balance, wallet.balance + p_amount,
    p_action, p_description, p_reference_id, p_reference_type, p_reverses, p_idempotency_key, request_hash,
    p_actor_id, coalesce(p_metadata, '{}')
  )
  returning * into entry;

  return private.transaction_result(entry, false);
end
$$;
comment on function private.post_transaction is
  'The one place where a balance changes: locks the wallet, replays a used key, refuses what it cannot pay, writes the wallet and one ledger row.';

create function private.insufficient_credits(p_balance bigint, p_required bigint)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select private.refusal(
    'insufficient_credits',
    format('This takes %s credits, and the balance is %s.', p_required, p_balance),
    jsonb_build_object('balance', p_balance, 'required', p_required, 'shortfall', p_required - p_balance)
  )
$$;
comment on function private.insufficient_credits is 'The refusal of a charge the wallet cannot pay, with the shortfall.';
