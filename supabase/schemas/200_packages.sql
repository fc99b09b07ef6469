-- What is for sale.

create table public.credit_packages (
  id text primary key constraint credit_packages_id_is_a_slug check (id ~ '^[a-z][a-z0-9_-]{0,39}$'),
  name text not null,
  description text not null default '',
  kind text not null default 'one_time',
  credits bigint not null constraint credit_packages_credits_in_range check (credits between 1 and 1000000000),
  credit_type text not null default 'general' references public.credit_types (id),
  price bigint not null constraint credit_packages_price_not_negative check (price >= 0),
  currency text not null default 'USD' constraint credit_packages_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  billing_interval text,
  unused_credits text not null default 'roll_over',
  tier text references public.membership_tiers (id),
  popular boolean not null default false,
  active boolean not null default true,
  sort_order integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint credit_packages_kind_is_known check (kind in ('one_time', 'subscription')),
  constraint credit_packages_interval_is_known check (billing_interval in ('month', 'year')),
  constraint credit_packages_subscriptions_have_interval
    check ((kind = 'subscription') = (billing_interval is not null)),
  constraint credit_packages_unused_credits_is_known check (unused_credits in ('roll_over', 'expire')),
  constraint credit_packages_subscriptions_alone_have_terms
    check (kind = 'subscription' or (tier is null and unused_credits = 'roll_over'))
);
comment on table public.credit_packages is 'What is for sale, once or by subscription. The one source of prices.';
comment on column public.credit_packages.credits is 'What it grants: once, or with every period that is paid.';
comment on column public.credit_packages.price is 'In minor units of the currency; of a subscription, for one billing_interval.';
comment on column public.credit_packages.unused_credits is
  'Of a subscription: whether what is left at the end of a period rolls over or expires.';
comment on column public.credit_packages.tier is 'Of a subscription: the membership it carries, if any.';

create index credit_packages_credit_type_idx on public.credit_packages (credit_type);
create index credit_packages_tier_idx on public.credit_packages (tier);

create trigger credit_packages_touch_updated_at
before update on public.credit_packages
for each row execute function private.touch_updated_at();

create table public.package_products (
  package_id text not null references public.credit_packages (id) on update cascade on delete cascade,
  provider text not null,
  product_id text not null,
  price_id text,
  primary key (package_id, provider),
  constraint package_products_product_is_unique unique (provider, product_id)
);
comment on table public.package_products is
  'What each package is called at each payment provider. Only the server reads and writes it.';
comment on column public.package_products.price_id is 'Where a provider sells prices instead of products; else null.';

create function private.plan_of_product(p_provider text, p_product_id text)
returns text
language sql
stable
set search_path = ''
as $$
  select k.id
  from public.package_products p
  join public.credit_packages k on k.id = p.package_id
  where p.provider = p_provider
  and p.product_id = p_product_id
  and k.kind = 'subscription'
$$;
comment on function private.plan_of_product is 'The plan that a provider sells as this product; null for none.';

alter table public.credit_packages enable row level security;
alter table public.package_products enable row level security;

create policy "visitors read what is for sale"
on public.credit_packages for select to anon
using (active);

create policy "people read what is for sale, admins everything"
on public.credit_packages for select to authenticated
using (active or (select private.is_admin()));

grant select on public.credit_packages to anon, authenticated;
grant select, insert, update, delete on public.credit_packages, public.package_products to service_role;
