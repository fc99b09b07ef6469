-- Credits out of a locked wallet and into it, with what follows for its grants and its debt.

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
  if least(p_wallet.balance, entry.balance_after) < p_wallet.low_balance_threshold and (
    p_wallet.lower_thresholds is not null
    or greatest(p_wallet.balance, entry.balance_after) >= p_wallet.low_balance_threshold
  ) then
    perform private.queue_low_balance_mail(p_wallet, entry.balance_after);
  end if;
  return entry;
end
$$;
comment on function private.post_transaction is
  'Changes a balance: writes the wallet (which the caller has locked and checked) and one ledger row. The only other places are the fast paths of deduct_credits and reserve_credits, and private.post_batch.';

create function private.expire_due(p_wallet public.credits, p_at timestamptz default clock_timestamp())
returns public.credits
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := p_wallet;
  due record;
begin
  if wallet.next_expiry_at is null or wallet.next_expiry_at > p_at then
    return wallet;
  end if;
  for due in
    select id, remaining, source
    from public.credit_grants
    where user_id = wallet.user_id
    and credit_type = wallet.credit_type
    and remaining > 0
    and expires_at <= p_at
    order by expires_at, id
  loop
    update public.credit_grants set remaining = 0 where id = due.id;
    perform private.post_transaction(
      wallet, 'expiry', -due.remaining,
      p_action => 'expiry',
      p_description => coalesce(due.source || ' expired', 'Credits expired'),
      p_reference_id => due.id::text,
      p_reference_type => 'grant',
      p_burned_grants => jsonb_build_array(jsonb_build_object('grant', due.id, 'amount', due.remaining)),
      p_next_expiry_at => private.next_expiry(wallet.user_id, wallet.credit_type)
    );
    wallet := private.lock_wallet(wallet.user_id, wallet.credit_type);
  end loop;
  return wallet;
end
$$;
comment on function private.expire_due is 'Posts the expiry of every due grant of a locked wallet and returns the wallet as it is then.';

create function private.debit(
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
  p_at timestamptz default clock_timestamp()
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := p_wallet;
  burned jsonb;
begin
  if p_wallet.next_expiry_at is not null then
    wallet := private.expire_due(p_wallet, p_at);
    burned := private.burn_grants(wallet, p_amount);
  end if;
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
comment on function private.debit is
  'Debits a locked wallet that could pay at p_at: expires what was due then, burns grants, posts.';

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
  'Repays a wallet''s debt from its balance. Called after every credit, so that nothing is spent while there is a debt.';

create function private.credit(
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
comment on function private.credit is
  'Credits a locked wallet: without expiry, or as a grant until p_expires_at. Debt is repaid at once.';

create function private.restore(
  p_original public.credit_transactions,
  p_wallet public.credits,
  p_already bigint,
  p_amount bigint,
  p_reason text,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_at timestamptz default clock_timestamp()
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := private.expire_due(p_wallet, p_at);
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
    perform private.expire_due(private.lock_wallet(wallet.user_id, wallet.credit_type), p_at);
  end if;
  if wallet.debt > 0 then
    perform private.repay_debt(wallet.user_id, wallet.credit_type);
  end if;
  return entry;
end
$$;
comment on function private.restore is
  'Refunds p_amount of a deduction, after p_already refunded before, to its locked wallet and the grants it came from.';
