-- The engine's core, private. A verb locks the wallet, answers a replay, refuses, or posts: private.post_transaction
-- changes a balance and writes one ledger row.

-- What every charge calls is written in PL/pgSQL, which keeps its plans; Postgres plans an SQL function at every call.

create function private.lock_wallet(p_user_id uuid, p_credit_type text)
returns public.credits
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits;
begin
  select * into wallet
  from public.credits
  where user_id = p_user_id
  and credit_type = p_credit_type
  for no key update;
  return wallet;
end
$$;
comment on function private.lock_wallet is
  'The wallet, locked until the transaction ends; all null if there is none. Look keys up after it, in a new statement: only that sees what the last holder of the lock wrote.';

create function private.open_wallet(p_user_id uuid, p_credit_type text, p_verb text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from public.profiles where id = p_user_id) then
    return private.refuse(p_verb, p_user_id, 'user_not_found', 'There is no such user.');
  end if;
  if not exists (select from public.credit_types where id = p_credit_type) then
    return private.refuse(p_verb, p_user_id, 'unknown_credit_type', 'There is no such credit type.');
  end if;
  insert into public.credits (user_id, credit_type)
  values (p_user_id, p_credit_type)
  on conflict do nothing;
  return null;
end
$$;
comment on function private.open_wallet is 'Makes the wallet if it is missing; a refusal if there can be none, else null.';

create function private.transaction_result(p_entry public.credit_transactions, p_replayed boolean)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'ok', true,
    'transaction_id', p_entry.id,
    'amount', p_entry.amount,
    'balance', p_entry.balance_after,
    'version', p_entry.seq,
    'replayed', p_replayed
  );
end
$$;
comment on function private.transaction_result is
  'The result of a change: {ok: true, transaction_id, amount, balance, version, replayed}, as of that ledger row.';

create function private.find_replay(p_user_id uuid, p_idempotency_key text, p_request_hash text, p_verb text)
returns jsonb
language plpgsql
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
    return private.refuse(
      p_verb, p_user_id, 'idempotency_conflict', 'This idempotency key was already used for another request.'
    );
  end if;
  return private.transaction_result(earlier, true);
end
$$;
comment on function private.find_replay is
  'What a used idempotency key answers: the first result again, or a conflict if the request differs; null if the key is new. Call it with the wallet locked.';

create function private.refuse_insufficient(p_verb text, p_user_id uuid, p_balance bigint, p_required bigint)
returns jsonb
language sql
set search_path = ''
as $$
  select private.refuse(
    p_verb,
    p_user_id,
    'insufficient_credits',
    format('This takes %s credits, and the balance is %s.', p_required, p_balance),
    jsonb_build_object('balance', p_balance, 'required', p_required, 'shortfall', p_required - p_balance)
  )
$$;
comment on function private.refuse_insufficient is 'The refusal of a charge the wallet cannot pay, with the shortfall.';

create function private.spendable(p_wallet public.credits, p_moment timestamptz default clock_timestamp())
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_wallet.next_expiry_at is null or p_wallet.next_expiry_at > p_moment then
    return p_wallet.balance;
  end if;
  return p_wallet.balance - (
    select coalesce(sum(g.remaining), 0)
    from public.credit_grants g
    where g.user_id = p_wallet.user_id
    and g.credit_type = p_wallet.credit_type
    and g.remaining > 0
    and g.expires_at <= p_moment
  );
end
$$;
comment on function private.spendable is
  'The balance less the credits whose time has come but whose expiry is not posted yet. A verb that checks and then takes does both at one moment: credits may expire between two.';

create function private.room(p_wallet public.credits)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.max_amount() - coalesce(private.spendable(p_wallet), 0) - (
    select coalesce(sum(h.amount), 0)
    from public.credit_holds h
    where h.user_id = p_wallet.user_id
    and h.credit_type = p_wallet.credit_type
    and h.status = 'open'
  );
end
$$;
comment on function private.room is
  'How many credits a wallet can still take in. What is on hold has its place kept, so that giving it back never fails.';

create function private.post_transaction(
  p_wallet public.credits,
  p_type text,
  p_amount bigint,
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_reverses bigint default null,
  p_burned_grants jsonb default null,
  p_next_expiry_at timestamptz default null,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_metadata jsonb default '{}',
  p_debt_change bigint default null
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  entry public.credit_transactions;
begin
  update public.credits
  set
    balance = p_wallet.balance + p_amount,
    debt = p_wallet.debt + coalesce(p_debt_change, 0),
    total_purchased = p_wallet.total_purchased
      + case when p_type in ('purchase', 'subscription_grant') then p_amount else 0 end,
    total_used = p_wallet.total_used - case when p_type in ('deduction', 'refund') then p_amount else 0 end,
    version = p_wallet.version + 1,
    next_expiry_at = p_next_expiry_at,
    updated_at = clock_timestamp()
  where user_id = p_wallet.user_id
  and credit_type = p_wallet.credit_type;

  insert into public.credit_transactions (
    user_id, credit_type, seq, type, amount, balance_before, balance_after, debt_change, action, description,
    reference_id, reference_type, reverses, burned_grants, idempotency_key, request_hash, actor_id, metadata
  )
  values (
    p_wallet.user_id, p_wallet.credit_type, p_wallet.version + 1, p_type, p_amount, p_wallet.balance,
    p_wallet.balance + p_amount, p_debt_change, p_action, p_description, p_reference_id, p_reference_type, p_reverses,
    p_burned_grants, p_idempotency_key, p_request_hash, p_actor_id, coalesce(p_metadata, '{}')
  )
  returning * into entry;
  if (p_wallet.balance < p_wallet.low_balance_threshold) <> (entry.balance_after < p_wallet.low_balance_threshold) then
    perform private.note_low_balance(p_wallet, entry.balance_after);
  end if;
  return entry;
end
$$;
comment on function private.post_transaction is
  'Where a balance changes: writes the wallet (which the caller has locked and checked) and one ledger row. The only other place is the short way of deduct_credits, for speed.';
