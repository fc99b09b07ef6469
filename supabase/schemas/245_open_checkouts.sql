-- One checkout per user and package: asked for again, or sixty times at once, it is the same.

create table private.open_checkouts (
  user_id uuid not null references public.profiles (id) on delete cascade,
  package_id text not null references public.credit_packages (id) on update cascade on delete cascade,
  provider text not null,
  claimed_at timestamptz not null default clock_timestamp(),
  payment_id uuid references public.payments (id) on delete cascade,
  url text,
  primary key (user_id, package_id, provider),
  constraint open_checkouts_have_both check ((payment_id is null) = (url is null))
);
comment on table private.open_checkouts is
  'The latest checkout of a user for a package: while it can be paid, asking again leads to it. Without a payment it is being opened.';

create index open_checkouts_package_idx on private.open_checkouts (package_id);
create index open_checkouts_payment_idx on private.open_checkouts (payment_id);

alter table private.open_checkouts enable row level security;

create function private.plan_rejection(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select case
    when private.live_subscription(p_user_id) is not null then jsonb_build_object(
      'code', 'already_subscribed',
      'message', 'You have a plan already. Change it on the billing page instead of buying a second one.'
    )
    when exists (
      select from public.payments p
      join public.credit_packages k on k.id = p.package_id
      left join public.subscriptions s on s.id = p.subscription_id
      where p.user_id = p_user_id
      and k.kind = 'subscription'
      and (
        p.status = 'processing' and coalesce(s.status, 'pending') = 'pending'
        or p.status = 'succeeded' and s.status = 'pending'
      )
    ) then jsonb_build_object(
      'code', 'plan_pending',
      'message', 'Your payment for a plan is being processed. Your plan appears on the billing page as soon as it has gone through.'
    )
  end
$$;
comment on function private.plan_rejection is
  'Why a user cannot begin a plan now: one is live, or one is paid for or being paid for; null if they can.';

create function private.has_had_plan(p_user_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.subscriptions
    where user_id = p_user_id
    and status not in ('pending', 'failed')
  )
$$;
comment on function private.has_had_plan is 'Whether a user has, or ever had, a plan: a trial is for who has not.';

create function private.refuse_buyer(p_audit_action text, p_user_id uuid, p_package public.credit_packages)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  rejected jsonb;
begin
  if not exists (select from public.profiles where id = p_user_id) then
    return private.refuse(p_audit_action, p_user_id, 'user_not_found', 'There is no such user.');
  end if;
  rejected := case when p_package.kind = 'subscription' then private.plan_rejection(p_user_id) end;
  if rejected is not null then
    return private.refuse(p_audit_action, p_user_id, rejected ->> 'code', rejected ->> 'message');
  end if;
  return null;
end
$$;
comment on function private.refuse_buyer is
  'The refusal of a user who cannot buy this package now; null for one who can. Call it with the payer locked.';

create function public.begin_checkout(
  p_user_id uuid,
  p_package_id text,
  p_provider text,
  p_caller jsonb,
  p_reuse interval default '30 minutes',
  p_timeout interval default '1 minute'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'checkout.begin';
  package public.credit_packages;
  known private.open_checkouts;
  payment public.payments;
  refused jsonb := private.refuse_caller(audit_action, p_user_id, p_caller);
begin
  if refused is not null then
    return refused;
  end if;
  perform private.lock_payer(p_user_id);
  select * into package from public.credit_packages where id = p_package_id and active;
  if not found then
    return private.refuse(audit_action, p_user_id, 'package_not_found', 'This package is not for sale.');
  end if;
  refused := private.refuse_buyer(audit_action, p_user_id, package);
  if refused is not null then
    return refused;
  end if;
  select * into known
  from private.open_checkouts
  where user_id = p_user_id
  and package_id = p_package_id
  and provider = p_provider;
  if known.url is null and known.claimed_at > clock_timestamp() - p_timeout then
    return jsonb_build_object('ok', true, 'state', 'opening');
  end if;
  select p.* into payment
  from public.payments p
  join public.package_products sold
    on sold.package_id = p.package_id and sold.provider = p.provider and sold.retired_at is null
  where p.id = known.payment_id
  and p.status = 'pending'
  and p.created_at > clock_timestamp() - p_reuse
  -- What is for sale may have changed since.
  and (p.credits, p.credit_type, p.amount, p.currency, p.provider_product_id)
    = (package.credits, package.credit_type, package.price, package.currency, sold.product_id);
  if found then
    return jsonb_build_object(
      'ok', true,
      'state', 'open',
      'url', known.url,
      'payment_id', payment.id,
      'checkout_session_id', payment.checkout_session_id,
      -- Nobody pays faster than this.
      'new', payment.created_at > clock_timestamp() - interval '10 seconds'
    );
  end if;
  insert into private.open_checkouts (user_id, package_id, provider)
  values (p_user_id, p_package_id, p_provider)
  on conflict (user_id, package_id, provider) do update
  set claimed_at = clock_timestamp(), payment_id = null, url = null;
  return jsonb_build_object(
    'ok', true,
    'state', 'claimed',
    'trial_days', case when private.has_had_plan(p_user_id) then 0 else package.trial_days end
  );
end
$$;
comment on function public.begin_checkout is
  'Leads to the checkout a user has open for a package (open; the provider should be asked whether it was paid unless it is new), or claims opening one (claimed, with the days of its trial: record_checkout or abandon_checkout follows). Of many calls at once one claims; the others hear that it is opening, for p_timeout at most.';

create function public.abandon_checkout(p_user_id uuid, p_package_id text, p_provider text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.open_checkouts
  where user_id = p_user_id
  and package_id = p_package_id
  and provider = p_provider
  and url is null;
  return jsonb_build_object('ok', true, 'changed', found);
end
$$;
comment on function public.abandon_checkout is 'Gives a claimed checkout up, so that another call can open it.';

grant execute on function public.begin_checkout, public.abandon_checkout to service_role;
