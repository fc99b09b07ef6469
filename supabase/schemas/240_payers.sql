-- Whose money it is. Everything about one user's money locks the row of the user's profile first, so events about a
-- payment, its subscription and its refund never see each other half done, and never deadlock.

create function private.find_payer(
  p_provider text,
  p_payment_id text default null,
  p_checkout_session_id text default null,
  p_subscription_id text default null,
  p_customer_id text default null
)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select user_id from public.payments where provider = p_provider and provider_payment_id = p_payment_id),
    (
      select user_id
      from public.payments
      where provider = p_provider
      and checkout_session_id = p_checkout_session_id
      limit 1
    ),
    (
      select user_id
      from public.subscriptions
      where provider = p_provider
      and provider_subscription_id = p_subscription_id
    ),
    (
      select user_id
      from public.payment_customers
      where provider = p_provider
      and provider_customer_id = p_customer_id
    )
  )
$$;
comment on function private.find_payer is
  'Whose payment or subscription it is, by ids that were stored when the checkout was opened; null for none of our users. Metadata is never read.';

create function private.lock_payer(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.profiles where id = p_user_id for no key update;
end
$$;
comment on function private.lock_payer is 'Locks everything about this user''s money until the transaction ends.';

create function private.lock_charged_payment(p_provider text, p_provider_payment_id text)
returns public.payments
language plpgsql
set search_path = ''
as $$
declare
  payer uuid := private.find_payer(p_provider, p_provider_payment_id);
  payment public.payments;
begin
  if payer is null then
    return null;
  end if;
  perform private.lock_payer(payer);
  -- Until it has succeeded, another attempt at the same checkout may take over its row.
  select * into payment
  from public.payments
  where provider = p_provider
  and provider_payment_id = p_provider_payment_id
  and status = 'succeeded';
  return payment;
end
$$;
comment on function private.lock_charged_payment is
  'The payment with that id if it has succeeded, its payer locked; all null otherwise.';

create function public.link_customer(p_user_id uuid, p_customer_id text, p_provider text, p_email text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  kept text;
  holder uuid;
begin
  insert into public.payment_customers (user_id, provider, provider_customer_id, email)
  values (p_user_id, p_provider, p_customer_id, lower(p_email))
  on conflict do nothing;
  select provider_customer_id into kept
  from public.payment_customers
  where user_id = p_user_id
  and provider = p_provider;
  if kept is not null then
    return jsonb_build_object('ok', true, 'customer_id', kept);
  end if;
  select user_id into holder
  from public.payment_customers
  where provider = p_provider
  and provider_customer_id = p_customer_id;
  return private.refuse(
    'customer.link', p_user_id, 'customer_taken',
    'Our payment provider knows your e-mail address as another account. Nothing was charged; please write to us.',
    jsonb_build_object('customer_id', p_customer_id, 'holder_id', holder)
  -- Whose it is, admins read in the audit log.
  ) - array['customer_id', 'holder_id'];
end
$$;
comment on function public.link_customer is
  'Links a user to a customer of the payment provider, once: of two concurrent calls the first wins, and both return its id. Refuses a customer linked to another user: providers match by e-mail, and addresses change owners.';

create function public.find_customer(p_user_id uuid, p_provider text, p_caller jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_caller('customer.find', p_user_id, p_caller);
begin
  return coalesce(refused, (
    select jsonb_build_object(
      'ok', true,
      'email', lower(p.email),
      'customer_id', c.provider_customer_id,
      'customer_email', c.email
    )
    from public.profiles p
    left join public.payment_customers c on c.user_id = p.id and c.provider = p_provider
    where p.id = p_user_id
  ));
end
$$;
comment on function public.find_customer is
  'The customer of the payment provider that a user is, null before the first checkout, with the addresses of both. Asked before every checkout and portal, so the session is checked here.';

create function public.record_customer_email(
  p_user_id uuid,
  p_provider text,
  p_email text,
  p_reason text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'customer.move';
  refused jsonb;
begin
  if p_actor_id is not null then
    refused := private.refuse_unless_admin(audit_action, p_user_id, p_actor_id);
    if refused is not null then
      return refused;
    end if;
  end if;
  update public.payment_customers
  set email = lower(p_email)
  where user_id = p_user_id
  and provider = p_provider;
  if not found then
    return private.refuse(
      audit_action, p_user_id, 'customer_not_found', 'This user is no customer of the payment provider.',
      p_actor_id => p_actor_id
    );
  end if;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, p_user_id, audit_action, 'success', coalesce(p_reason, 'The customer follows the address of the user'),
    jsonb_build_object('provider', p_provider)
  );
  return jsonb_build_object('ok', true);
end
$$;
comment on function public.record_customer_email is
  'Notes the address that the payment provider has for a customer from now on, in the name of an admin or because the user''s own has changed.';

grant execute on function
  public.link_customer,
  public.find_customer,
  public.record_customer_email
to service_role;
