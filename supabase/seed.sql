-- What a new installation sells. `lib/pricing-plans.ts` says the same, and a test holds the two together.
insert into public.credit_packages (
  id, name, description, kind, credits, credit_type, price, currency, billing_interval, unused_credits, tier,
  popular, sort_order
)
values
  (
    'starter', 'Starter', 'For trying things out.', 'one_time', 100, 'general', 999, 'USD', null, 'roll_over', null, false, 1
  ),
  (
    'pro', 'Pro', 'For regular work.', 'one_time', 500, 'general', 3999, 'USD', null, 'roll_over', null, true, 2
  ),
  (
    'enterprise', 'Enterprise', 'For teams with a lot to do.', 'one_time', 2000, 'general', 14999, 'USD', null,
    'roll_over', null, false, 3
  ),
  (
    'pro-monthly', 'Pro monthly', 'Credits every month, for less.', 'subscription', 500, 'general', 2900,
    'USD', 'month', 'roll_over', 'pro', true, 4
  ),
  (
    'pro-yearly', 'Pro yearly', 'A year of Pro, two months of it free.', 'subscription', 6000, 'general', 29000,
    'USD', 'year', 'roll_over', 'pro', false, 5
  ),
  (
    'enterprise-monthly', 'Enterprise monthly', 'For teams that run all day.', 'subscription', 3000, 'general', 14900,
    'USD', 'month', 'expire', 'enterprise', false, 6
  )
on conflict (id) do nothing;

insert into public.package_products (package_id, provider, product_id)
values
  ('starter', 'dodopayments', 'pdt_starter'),
  ('pro', 'dodopayments', 'pdt_pro'),
  ('enterprise', 'dodopayments', 'pdt_enterprise'),
  ('pro-monthly', 'dodopayments', 'pdt_pro_monthly'),
  ('pro-yearly', 'dodopayments', 'pdt_pro_yearly'),
  ('enterprise-monthly', 'dodopayments', 'pdt_enterprise_monthly'),
  ('starter', 'stripe', 'prod_starter'),
  ('pro', 'stripe', 'prod_pro'),
  ('enterprise', 'stripe', 'prod_enterprise'),
  ('pro-monthly', 'stripe', 'prod_pro_monthly'),
  ('pro-yearly', 'stripe', 'prod_pro_yearly'),
  ('enterprise-monthly', 'stripe', 'prod_enterprise_monthly')
on conflict do nothing;

-- Users, with confirmed addresses: for development and tests. Never seed a database that strangers can reach.

insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at,
  raw_app_meta_data, raw_user_meta_data, created_at, updated_at,
  confirmation_token, recovery_token, email_change, email_change_token_new
)
select
  '00000000-0000-0000-0000-000000000000',
  seed.id::uuid,
  'authenticated',
  'authenticated',
  seed.email,
  extensions.crypt(seed.password, extensions.gen_salt('bf', 10)),
  now(),
  '{"provider": "email", "providers": ["email"]}',
  jsonb_build_object('sub', seed.id, 'email', seed.email, 'email_verified', true, 'phone_verified', false, 'name', seed.name),
  now(),
  now(),
  -- Supabase Auth cannot read a null in these.
  '', '', '', ''
from (
  values
    ('a0000000-0000-4000-8000-000000000001', 'admin@example.test', 'admin-password', 'Ada Admin'),
    ('a0000000-0000-4000-8000-000000000002', 'user@example.test', 'user-password', 'Uma User')
) as seed (id, email, password, name)
on conflict do nothing;

insert into auth.identities (provider, provider_id, user_id, identity_data, last_sign_in_at, created_at, updated_at)
select 'email', id::text, id, raw_user_meta_data - 'name', now(), now(), now()
from auth.users
where email in ('admin@example.test', 'user@example.test')
on conflict do nothing;

insert into public.user_roles (user_id, role)
select id, 'admin'
from auth.users
where email = 'admin@example.test'
on conflict do nothing;
