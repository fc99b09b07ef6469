-- What a subscription brings: credits with every paid period, and a membership while it is live.

create function private.require_granted(p_granted jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not (p_granted ->> 'ok')::boolean then
    raise exception using
      errcode = 'PT422',
      message = p_granted ->> 'code',
      detail = p_granted ->> 'message';
  end if;
end
$$;
comment on function private.require_granted is
  'Raises, and so undoes the transaction, when credits could not be granted: the event stays failed and is sent again.';

create function private.queue_receipt(p_payment public.payments, p_transaction_id bigint, p_package_name text)
returns void
language sql
set search_path = ''
as $$
  select private.queue_mail(
    p_payment.user_id,
    'receipt',
    format('receipt:%s:%s', p_payment.provider, p_payment.provider_payment_id),
    jsonb_build_object(
      'credits', t.amount,
      'credit_type', t.credit_type,
      'package_name', p_package_name,
      'amount', p_payment.charged_amount,
      'currency', p_payment.charged_currency,
      'balance', c.balance,
      -- A debt is repaid in the transaction of the grant, so its row is the very next one of the wallet.
      'repaid', coalesce((
        select -r.amount
        from public.credit_transactions r
        where r.user_id = t.user_id
        and r.credit_type = t.credit_type
        and r.seq = t.seq + 1
        and r.type = 'debt_repayment'
      ), 0),
      'payment_id', p_payment.provider_payment_id,
      'paid_at', p_payment.charged_at,
      'tax', p_payment.charged_tax,
      'provider', p_payment.provider,
      'subscription', p_payment.subscription_id is not null
    )
  )
  from public.credit_transactions t
  join public.credits c using (user_id, credit_type)
  where t.id = p_transaction_id
$$;
comment on function private.queue_receipt is 'Queues the receipt of a payment and what it granted, once per payment.';

create function private.effective_period_end(
  p_subscription_id uuid,
  p_package_id text,
  p_start timestamptz,
  p_end timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  earlier public.subscription_periods;
  later public.subscription_periods;
begin
  select * into earlier
  from public.subscription_periods
  where subscription_id = p_subscription_id
  and period_start < p_start
  order by period_start desc
  limit 1;
  select * into later
  from public.subscription_periods
  where subscription_id = p_subscription_id
  and period_start >= p_start
  order by period_start
  limit 1;
  if p_end <= p_start or later.period_start = p_start then
    return null;
  end if;
  if (
    earlier.package_id = p_package_id and earlier.period_end > p_start
    or later.package_id = p_package_id and later.period_start < p_end
  ) and not exists (
    select from public.payments c
    where c.subscription_id = p_subscription_id
    and c.status = 'succeeded'
    and c.charged_amount > 0
    and c.charged_at between p_start - interval '1 day' and p_start + interval '1 day'
    and not exists (select from public.subscription_periods where payment_id = c.id)
  ) then
    return null;
  end if;
  return least(p_end, later.period_start);
end
$$;
comment on function private.effective_period_end is
  'Where a paid period ends beside those that were granted; null if it cannot be one of its own. A plan change begins one within another, as does a charge that paid for none yet (a renewal brought forward); the same plan told of with another beginning does not.';

create function private.grant_period(
  p_subscription public.subscriptions,
  p_package public.credit_packages,
  p_quantity integer,
  p_start timestamptz,
  p_end timestamptz
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  effective_end constant timestamptz := private.effective_period_end(p_subscription.id, p_package.id, p_start, p_end);
  granted jsonb;
begin
  if effective_end is null then
    return null;
  end if;
  granted := public.add_credits(
    p_subscription.user_id, p_package.credits * greatest(p_quantity, 1), p_package.credit_type, 'subscription_grant',
    p_action => 'subscription',
    p_description => p_package.name || ' plan',
    p_reference_id => p_subscription.provider_subscription_id,
    p_reference_type => 'subscription',
    -- A period reported after its end still gives a full period to use its credits.
    p_expires_at => case
      when p_package.unused_credits = 'roll_over' then null
      when p_end > clock_timestamp() then p_end
      else clock_timestamp() + (p_end - p_start)
    end,
    p_idempotency_key => format(
      'subscription:%s:%s:%s',
      p_subscription.provider, p_subscription.provider_subscription_id, extract(epoch from p_start)::bigint
    ),
    p_request_hash => 'subscription',
    p_metadata => jsonb_build_object('provider', p_subscription.provider)
  );
  perform private.require_granted(granted);
  update public.subscription_periods
  set period_end = p_start
  where subscription_id = p_subscription.id
  and period_start < p_start
  and period_end > p_start;
  insert into public.subscription_periods (subscription_id, period_start, period_end, package_id, transaction_id)
  values (p_subscription.id, p_start, effective_end, p_package.id, (granted ->> 'transaction_id')::bigint);
  return (granted ->> 'transaction_id')::bigint;
end
$$;
comment on function private.grant_period is
  'Grants the credits of a paid period and ends the one it began in; returns the granting transaction, or null when it overlaps what was granted.';

create function private.sync_membership(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  -- The event of a renewal may arrive late.
  grace constant interval := interval '1 day';
  profile public.profiles;
  carried record;
begin
  select * into profile from public.profiles where id = p_user_id;
  select
    s.id,
    p.tier,
    t.level,
    case
      when s.status = 'past_due' then null
      when s.cancel_at_period_end then s.current_period_end
      else s.current_period_end + grace
    end as expires_at
  into carried
  from public.subscriptions s
  join public.credit_packages p on p.id = s.package_id
  join public.membership_tiers t on t.id = p.tier
  where s.user_id = p_user_id
  and s.status in ('active', 'past_due')
  order by t.level desc, s.current_period_end desc, s.provider_subscription_id
  limit 1;

  -- A membership given by an admin stays unless the subscription brings a higher one.
  if profile.membership_subscription_id is null
    and profile.membership_tier is not null
    and private.tier_level(private.effective_tier(p_user_id)) >= coalesce(carried.level, 0)
  then
    return;
  end if;
  if carried.id is null and profile.membership_subscription_id is null then
    return;
  end if;
  update public.profiles
  set
    membership_tier = carried.tier,
    membership_expires_at = carried.expires_at,
    membership_subscription_id = carried.id
  where id = p_user_id
  and (membership_tier, membership_expires_at, membership_subscription_id)
    is distinct from (carried.tier, carried.expires_at, carried.id);
end
$$;
comment on function private.sync_membership is
  'Gives a user the highest membership that a live subscription carries, until its period ends (a day longer while it renews), and takes it away when none is left. A failed renewal (on_hold) keeps none; past_due keeps it.';
