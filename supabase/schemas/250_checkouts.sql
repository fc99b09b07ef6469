-- From the checkout to its payment.

create function public.record_checkout(
  p_user_id uuid,
  p_package_id text,
  p_checkout_session_id text,
  p_provider text,
  p_url text default null,
  p_package_version bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'checkout.record';
  package public.credit_packages;
  product_id text;
  payment_id uuid;
  refused jsonb;
begin
  select * into package
  from public.credit_packages
  where id = p_package_id
  and active
  -- Whoever changes the package waits for this payment, and finds it.
  for share;
  select p.product_id into product_id
  from public.package_products p
  where p.package_id = package.id
  and p.provider = p_provider
  and p.retired_at is null;
  if product_id is null then
    return private.refuse(audit_action, p_user_id, 'package_not_found', 'This package is not for sale.');
  end if;
  if p_package_version <> package.version then
    return private.refuse(
      audit_action, p_user_id, 'package_changed',
      'This package has just been changed. Nothing was charged: reload the page to see what it is now.'
    );
  end if;
  perform private.lock_payer(p_user_id);
  refused := private.refuse_buyer(audit_action, p_user_id, package);
  if refused is not null then
    return refused;
  end if;
  insert into public.payments (
    user_id, package_id, credit_type, credits, amount, currency, provider, provider_product_id, checkout_session_id
  )
  values (
    p_user_id, package.id, package.credit_type, package.credits, package.price, package.currency,
    p_provider, product_id, p_checkout_session_id
  )
  returning id into payment_id;
  if p_url is not null then
    insert into private.open_checkouts as known (user_id, package_id, provider, payment_id, url)
    values (p_user_id, package.id, p_provider, payment_id, p_url)
    on conflict (user_id, package_id, provider) do update
    set payment_id = excluded.payment_id, url = excluded.url;
  end if;
  return jsonb_build_object('ok', true, 'payment_id', payment_id);
end
$$;
comment on function public.record_checkout is
  'Writes the pending payment of a checkout session, with what it will grant, before the buyer is sent there. The session is for the package as it was at p_package_version: another one is refused.';

create function public.claim_payment_check(p_user_id uuid, p_min_interval interval default '5 seconds')
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  payment public.payments;
begin
  perform private.lock_payer(p_user_id);
  if not exists (
    select from public.payments
    where user_id = p_user_id
    and checked_at > clock_timestamp() - p_min_interval
  ) then
    update public.payments
    set checked_at = clock_timestamp()
    where id = (
      select p.id
      from public.payments p
      left join public.subscriptions s on s.id = p.subscription_id
      where p.user_id = p_user_id
      -- A checkout expires after a day.
      and p.created_at > clock_timestamp() - interval '1 day'
      and (
        p.status in ('pending', 'processing')
        -- The charge of a plan is known, but not what it was for.
        or p.status = 'succeeded' and s.status = 'pending'
        or p.status = 'succeeded' and s.id is not null and p.charged_amount > 0 and not exists (
          select from public.subscription_periods where payment_id = p.id
        )
      )
      order by p.checked_at nulls first, p.created_at desc
      limit 1
    )
    returning * into payment;
  end if;
  return jsonb_build_object(
    'ok', true,
    'claimed', payment.id is not null,
    'provider', payment.provider,
    'checkout_session_id', payment.checkout_session_id,
    'provider_payment_id', payment.provider_payment_id
  );
end
$$;
comment on function public.claim_payment_check is
  'Picks the open purchase of this user to ask the provider about: the one not checked for longest. At most one per p_min_interval, however many tabs wait.';

grant execute on function public.record_checkout, public.claim_payment_check to service_role;
