-- What a product sells is its own: tests sell these.
delete from public.package_products;
delete from public.credit_packages;

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
  ('enterprise-monthly', 'dodopayments', 'pdt_enterprise_monthly')
on conflict do nothing;
