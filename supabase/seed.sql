-- What a new installation sells. `lib/pricing-plans.ts` says the same, and a test holds the two together.
insert into public.credit_packages
  (id, name, description, credits, credit_type, price, currency, dodo_product_id, popular, sort_order)
values
  ('starter', 'Starter', 'For trying things out.', 100, 'general', 999, 'USD', 'pdt_starter', false, 1),
  ('pro', 'Pro', 'For regular work.', 500, 'general', 3999, 'USD', 'pdt_pro', true, 2),
  ('enterprise', 'Enterprise', 'For teams with a lot to do.', 2000, 'general', 14999, 'USD', 'pdt_enterprise', false, 3)
on conflict (id) do nothing;
