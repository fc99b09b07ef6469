/**
 * Two functions to compare `deduct_credits` with. `bench_update` is the bare UPDATE, called as a charge is called: the
 * limit of any function. `bench_deduct` is the least a charge can be: a wallet, a ledger row with a primary key and a
 * unique key. No checks, no foreign keys, no other index, and a used key is an error. What `deduct_credits` costs beyond
 * it are its guarantees.
 */
export const PROTOTYPE = `
  create table bench_wallets (
    user_id uuid, credit_type text, balance bigint not null, total_used bigint not null default 0,
    version bigint not null default 0, next_expiry_at timestamptz, updated_at timestamptz default now(),
    primary key (user_id, credit_type)
  );
  insert into bench_wallets (user_id, credit_type, balance) select user_id, credit_type, balance from credits;
  create table bench_entries (
    id bigint generated always as identity primary key, user_id uuid not null, credit_type text not null,
    seq bigint not null, type text not null, amount bigint not null, balance_before bigint not null,
    balance_after bigint not null, action text, idempotency_key text, request_hash text,
    created_at timestamptz not null default clock_timestamp(), unique (user_id, idempotency_key)
  );
  create function bench_update(p_user_id uuid, p_amount bigint, p_action text, p_idempotency_key text)
  returns jsonb language plpgsql security definer set search_path = '' as $$
  declare
    new_balance bigint;
  begin
    update public.bench_bare set balance = balance - p_amount where user_id = p_user_id and balance >= p_amount
    returning balance into new_balance;
    return jsonb_build_object('ok', true, 'balance', new_balance);
  end
  $$;
  create function bench_deduct(p_user_id uuid, p_amount bigint, p_action text, p_idempotency_key text)
  returns jsonb language plpgsql security definer set search_path = '' as $$
  declare
    new_balance bigint;
    new_version bigint;
    transaction_id bigint;
  begin
    update public.bench_wallets
    set balance = balance - p_amount, total_used = total_used + p_amount, version = version + 1,
      updated_at = clock_timestamp()
    where user_id = p_user_id and credit_type = 'general' and balance >= p_amount and next_expiry_at is null
    returning balance, version into new_balance, new_version;
    insert into public.bench_entries (
      user_id, credit_type, seq, type, amount, balance_before, balance_after, action, idempotency_key, request_hash
    )
    values (
      p_user_id, 'general', new_version, 'deduction', -p_amount, new_balance + p_amount, new_balance, p_action,
      p_idempotency_key, md5(row('deduct', p_amount, p_action)::text)
    )
    returning id into transaction_id;
    return jsonb_build_object(
      'ok', true, 'transaction_id', transaction_id, 'amount', -p_amount, 'balance', new_balance,
      'version', new_version, 'replayed', false
    );
  end
  $$;`
