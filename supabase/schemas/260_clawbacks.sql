-- Taking back what a payment granted. How much is due follows from all of the payment's refunds and disputes, and
-- only the difference from what was taken so far is posted: the result is the same in whatever order events arrive.

create function private.clawed_back(p_transaction_id bigint)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(debt_change - amount), 0)
  from public.credit_transactions
  where reverses = p_transaction_id
  and type in ('clawback', 'clawback_reversal')
$$;
comment on function private.clawed_back is
  'Credits of a granting transaction that are taken back now, from the wallet or as debt.';

create function private.burn_for_clawback(p_wallet public.credits, p_own_grant bigint, p_amount bigint)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  own bigint;
  without_expiry bigint;
  burned jsonb;
begin
  if p_wallet.next_expiry_at is null then
    return null;
  end if;
  select least(remaining, p_amount) into own from public.credit_grants where id = p_own_grant;
  own := coalesce(own, 0);
  update public.credit_grants set remaining = remaining - own where id = p_own_grant and own > 0;
  select least(p_wallet.balance - own - sum(remaining), p_amount - own) into without_expiry
  from public.credit_grants
  where user_id = p_wallet.user_id
  and credit_type = p_wallet.credit_type
  and remaining > 0;
  burned := private.burn_grants(p_wallet, p_amount - own - coalesce(without_expiry, p_amount - own));
  if own > 0 then
    burned := jsonb_build_array(jsonb_build_object('grant', p_own_grant, 'amount', own)) || burned;
  end if;
  return burned;
end
$$;
comment on function private.burn_for_clawback is
  'Burns an amount: first of the grant of the payment, then of credits without expiry, then of other grants. Returns which grants.';

create function private.expired_credits(p_grant public.credit_grants)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(-sum(amount), 0)
  from public.credit_transactions
  where user_id = p_grant.user_id
  and credit_type = p_grant.credit_type
  and type = 'expiry'
  and reference_type = 'grant'
  and reference_id = p_grant.id::text
$$;
comment on function private.expired_credits is 'Credits of a grant that expired unused; 0 for no grant.';

create function private.taken_from_grant(p_grant public.credit_grants)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(
    case t.type
      when 'clawback' then (
        select sum((burn ->> 'amount')::bigint)
        from jsonb_array_elements(t.burned_grants) burn
        where (burn ->> 'grant')::bigint = p_grant.id
      )
      else -(t.metadata ->> 'restored_to_grant')::bigint
    end
  ), 0)
  from public.credit_transactions t
  where t.reverses = p_grant.transaction_id
  and t.type in ('clawback', 'clawback_reversal')
$$;
comment on function private.taken_from_grant is 'Credits that clawbacks of its own payment took out of a grant and did not return.';

create function private.sync_clawback(
  p_transaction_id bigint,
  p_target bigint,
  p_reason text,
  p_reference_id text,
  p_reference_type text
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  original public.credit_transactions;
  own_grant public.credit_grants;
  wallet public.credits;
  target bigint;
  due bigint;
  share bigint;
  burned jsonb;
begin
  select * into original from public.credit_transactions where id = p_transaction_id;
  wallet := private.expire_due(private.lock_wallet(original.user_id, original.credit_type));
  select * into own_grant from public.credit_grants where transaction_id = original.id;
  target := least(p_target, original.amount - private.expired_credits(own_grant));
  due := target - private.clawed_back(original.id);
  if due = 0 then
    return 0;
  end if;

  if due > 0 then
    share := least(wallet.balance, due);
    burned := private.burn_for_clawback(wallet, own_grant.id, share);
    perform private.post_transaction(
      wallet, 'clawback', -share, 'clawback', p_reason, p_reference_id, p_reference_type,
      p_reverses => original.id,
      p_burned_grants => burned,
      p_next_expiry_at => private.next_expiry(wallet.user_id, wallet.credit_type),
      p_debt_change => due - share
    );
    return due;
  end if;

  -- Returned credits cancel debt first, then go into the grant they were taken from.
  share := -due - least(wallet.debt, -due);
  update public.credit_grants
  set remaining = remaining + least(share, private.taken_from_grant(own_grant))
  where id = own_grant.id;
  perform private.post_transaction(
    wallet, 'clawback_reversal', share, 'clawback_reversal', p_reason, p_reference_id, p_reference_type,
    p_reverses => original.id,
    p_next_expiry_at => private.next_expiry(wallet.user_id, wallet.credit_type),
    p_metadata => case
      when own_grant.id is null then '{}'
      else jsonb_build_object('restored_to_grant', least(share, private.taken_from_grant(own_grant)))
    end,
    p_debt_change => share + due
  );
  perform private.expire_due(private.lock_wallet(wallet.user_id, wallet.credit_type));
  return due;
end
$$;
comment on function private.sync_clawback is
  'Takes back or returns credits of a granting transaction until p_target are taken. What the wallet lacks becomes debt; credits that expired unused are not taken. Returns the difference.';

create function private.clawback_target(p_payment public.payments, p_granted bigint, p_also_refunded bigint default 0)
returns bigint
language sql
stable
set search_path = ''
as $$
  select case
    when refunded.whole then p_granted
    when p_payment.charged_amount > 0 then floor(
      p_granted * least(1, (refunded.amount + disputed.amount + p_also_refunded)::numeric / p_payment.charged_amount)
    )::bigint
    else 0
  end
  from (
    select coalesce(sum(amount), 0) as amount, coalesce(bool_or(whole), false) as whole
    from public.payment_refunds
    where payment_id = p_payment.id
    and status = 'succeeded'
  ) refunded,
  (
    select coalesce(sum(amount), 0) as amount
    from public.payment_disputes
    where payment_id = p_payment.id
    and status not in ('won', 'cancelled')
  ) disputed
$$;
comment on function private.clawback_target is
  'How many of the credits a payment granted should be taken back: the share of the money that was refunded or is disputed, each credit once. p_also_refunded adds an amount that is not refunded yet.';

create function private.granting_transactions(p_payment public.payments)
returns bigint[]
language sql
stable
set search_path = ''
as $$
  select array_remove(array_agg(transaction_id), null)
  from (
    select p_payment.transaction_id
    union all
    select transaction_id from public.subscription_periods where payment_id = p_payment.id
  ) granted
$$;
comment on function private.granting_transactions is 'The ledger rows that a payment granted: its own, or those of the periods it paid for.';

create function private.sync_payment(p_payment_id uuid, p_reason text)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  payment public.payments;
  granted record;
  taken bigint := 0;
begin
  update public.payments
  set
    refunded_amount = (
      select coalesce(sum(case when r.whole then charged_amount else r.amount end), 0)
      from public.payment_refunds r
      where r.payment_id = payments.id
      and r.status = 'succeeded'
    ),
    dispute_status = (
      select d.status
      from public.payment_disputes d
      where d.payment_id = payments.id
      order by d.status_at desc, d.provider_dispute_id
      limit 1
    )
  where id = p_payment_id
  returning * into payment;
  for granted in
    select t.id, t.amount
    from public.credit_transactions t
    where t.id = any(private.granting_transactions(payment))
    order by t.id
  loop
    taken := taken + private.sync_clawback(
      granted.id, private.clawback_target(payment, granted.amount), p_reason, payment.provider_payment_id, 'payment'
    );
  end loop;
  return taken;
end
$$;
comment on function private.sync_payment is
  'Brings a payment''s totals, and what was taken back of its credits, in line with its refunds and disputes. Returns the credits taken now (negative: returned).';
