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
  trial_days integer not null default 0
    constraint credit_packages_trial_days_in_range check (trial_days between 0 and 365),
  active boolean not null default true,
  sort_order integer not null default 0,
  metadata jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint credit_packages_kind_is_known check (kind in ('one_time', 'subscription')),
  constraint credit_packages_interval_is_known check (billing_interval in ('month', 'year')),
  constraint credit_packages_subscriptions_have_interval
    check ((kind = 'subscription') = (billing_interval is not null)),
  constraint credit_packages_unused_credits_is_known check (unused_credits in ('roll_over', 'expire')),
  constraint credit_packages_subscriptions_alone_have_terms
    check (kind = 'subscription' or (tier is null and unused_credits = 'roll_over' and trial_days = 0)),
  constraint credit_packages_texts_are_short
    check (char_length(name) between 1 and 80 and char_length(description) <= 300),
  constraint credit_packages_metadata_is_a_small_object
    check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 8192)
);
comment on table public.credit_packages is 'What is for sale, once or by subscription. The one source of prices.';
comment on column public.credit_packages.credits is 'What it grants: once, or with every period that is paid.';
comment on column public.credit_packages.price is 'In minor units of the currency; of a subscription, for one billing_interval.';
comment on column public.credit_packages.unused_credits is
  'Of a subscription: whether what is left at the end of a period rolls over or expires.';
comment on column public.credit_packages.tier is 'Of a subscription: the membership it carries, if any.';
comment on column public.credit_packages.trial_days is
  'Of a subscription: days before its first payment, for who has never had a plan; 0 for none.';
comment on column public.credit_packages.metadata is 'What other front ends want to know of it. Everybody can read it.';
comment on column public.credit_packages.version is
  'Grows with every change but of its place in the list: who saves an older one is refused, and so is a checkout.';

create index credit_packages_credit_type_idx on public.credit_packages (credit_type);
create index credit_packages_tier_idx on public.credit_packages (tier);

create function private.touch_package()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := clock_timestamp();
  if to_jsonb(new) - array['sort_order', 'updated_at'] <> to_jsonb(old) - array['sort_order', 'updated_at'] then
    new.version := old.version + 1;
  end if;
  return new;
end
$$;
comment on function private.touch_package is 'Trigger: counts the changes of a package, whoever makes them.';

create trigger credit_packages_touch
before update on public.credit_packages
for each row execute function private.touch_package();

create table public.package_products (
  package_id text not null references public.credit_packages (id) on update cascade on delete cascade,
  provider text not null,
  product_id text not null,
  price_id text,
  retired_at timestamptz,
  primary key (provider, product_id)
);
comment on table public.package_products is
  'What each package is called at each payment provider. A product keeps the price it was made with: another price is another product, and the former one stays, retired, for checkouts that are open and plans that renew. Only the server reads it.';
comment on column public.package_products.price_id is 'Where a provider sells prices instead of products; else null.';
comment on column public.package_products.retired_at is 'Since when no new checkout is for this product; null while it is sold.';

create unique index package_products_one_is_sold
on public.package_products (package_id, provider)
where retired_at is null;
create index package_products_package_idx on public.package_products (package_id);

create table public.package_syncs (
  package_id text not null references public.credit_packages (id) on update cascade on delete cascade,
  provider text not null,
  status text not null constraint package_syncs_status_is_known check (status in ('syncing', 'synced', 'failed')),
  product_id text,
  error text,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (package_id, provider)
);
comment on table public.package_syncs is
  'The latest attempt to bring the product of a package in line with it, at each payment provider.';
comment on column public.package_syncs.product_id is 'What it is sold as since then.';
comment on column public.package_syncs.error is 'Why it failed, as the provider or we say it.';

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
comment on function private.plan_of_product is 'The plan that a provider sells, or has sold, as this product; null for none.';

alter table public.credit_packages enable row level security;
alter table public.package_products enable row level security;
alter table public.package_syncs enable row level security;

create policy "visitors read what is for sale"
on public.credit_packages for select to anon
using (active);

create policy "people read what is for sale, admins everything"
on public.credit_packages for select to authenticated
using (active or (select private.is_admin()));

create policy "admins read how packages are synced"
on public.package_syncs for select to authenticated
using ((select private.is_admin()));

grant select on public.credit_packages to anon, authenticated;
grant select on public.package_syncs to authenticated;
grant select on public.credit_packages, public.package_products, public.package_syncs to service_role;

alter publication supabase_realtime add table public.package_syncs;
