-- Credits out of a locked wallet and into it, with what follows for its grants and its debt.

create function private.take(
  p_wallet public.credits,
  p_type text,
  p_amount bigint,
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_metadata jsonb default '{}',
  p_moment timestamptz default clock_timestamp()
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := private.expire_due(p_wallet, p_moment);
  burned jsonb := private.burn_grants(wallet, p_amount);
begin
  return private.post_transaction(
    wallet, p_type, -p_amount, p_action, p_description, p_reference_id, p_reference_type,
    p_burned_grants => burned,
    p_next_expiry_at => case
      when burned is not null then private.next_expiry(wallet.user_id, wallet.credit_type)
    end,
    p_idempotency_key => p_idempotency_key,
    p_request_hash => p_request_hash,
    p_actor_id => p_actor_id,
    p_metadata => p_metadata
  );
end
$$;
comment on function private.take is
  'Takes credits from a locked wallet that could pay at p_moment: expires what was due then, burns grants, posts.';

create function private.repay_debt(p_user_id uuid, p_credit_type text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := private.lock_wallet(p_user_id, p_credit_type);
  amount bigint := least(wallet.debt, wallet.balance);
  burned jsonb;
begin
  if amount = 0 then
    return;
  end if;
  burned := private.burn_grants(wallet, amount);
  perform private.post_transaction(
    wallet, 'debt_repayment', -amount, 'debt_repayment', 'Repays credits of a payment that was taken back',
    p_burned_grants => burned,
    p_next_expiry_at => case when burned is not null then private.next_expiry(p_user_id, p_credit_type) end,
    p_debt_change => -amount
  );
end
$$;
comment on function private.repay_debt is
  'Repays a wallet''s debt with what is in it. Called after everything that puts credits in, so that none can be spent past a debt.';

create function private.give(
  p_wallet public.credits,
  p_type text,
  p_amount bigint,
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_expires_at timestamptz default null,
  p_priority integer default 0,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_metadata jsonb default '{}'
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := private.expire_due(p_wallet);
  entry public.credit_transactions;
begin
  entry := private.post_transaction(
    wallet, p_type, p_amount, p_action, p_description, p_reference_id, p_reference_type,
    p_next_expiry_at => least(wallet.next_expiry_at, p_expires_at),
    p_idempotency_key => p_idempotency_key,
    p_request_hash => p_request_hash,
    p_actor_id => p_actor_id,
    p_metadata => p_metadata
  );
  if p_expires_at is not null then
    insert into public.credit_grants (
      user_id, credit_type, transaction_id, amount, remaining, priority, expires_at, source
    )
    values (
      wallet.user_id, wallet.credit_type, entry.id, p_amount, p_amount, p_priority, p_expires_at,
      coalesce(p_description, p_action)
    );
  end if;
  if wallet.debt > 0 then
    perform private.repay_debt(wallet.user_id, wallet.credit_type);
  end if;
  return entry;
end
$$;
comment on function private.give is
  'Gives credits to a locked wallet: for good, or as a grant until p_expires_at. A debt is repaid with them at once.';

create function private.give_back(
  p_original public.credit_transactions,
  p_wallet public.credits,
  p_already bigint,
  p_amount bigint,
  p_reason text,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_moment timestamptz default clock_timestamp()
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := private.expire_due(p_wallet, p_moment);
  entry public.credit_transactions;
begin
  perform private.restore_grants(p_original.burned_grants, -p_original.amount, p_already, p_amount);
  entry := private.post_transaction(
    wallet, 'refund', p_amount, p_original.action, p_reason, p_original.reference_id, p_original.reference_type,
    p_reverses => p_original.id,
    p_next_expiry_at => case
      when p_original.burned_grants is null then wallet.next_expiry_at
      else private.next_expiry(wallet.user_id, wallet.credit_type)
    end,
    p_idempotency_key => p_idempotency_key,
    p_request_hash => p_request_hash,
    p_actor_id => p_actor_id
  );
  if p_original.burned_grants is not null then
    perform private.expire_due(private.lock_wallet(wallet.user_id, wallet.credit_type), p_moment);
  end if;
  if wallet.debt > 0 then
    perform private.repay_debt(wallet.user_id, wallet.credit_type);
  end if;
  return entry;
end
$$;
comment on function private.give_back is
  'Refunds part of a deduction to its locked wallet, of which p_already was refunded before, into the grants it came from.';
