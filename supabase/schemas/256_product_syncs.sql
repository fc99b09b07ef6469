-- How the product of a package at a payment provider follows it.

create function public.begin_product_sync(
  p_package_id text,
  p_provider text,
  p_actor_id uuid default null,
  p_timeout interval default '1 minute'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.sync';
  asked constant jsonb := jsonb_build_object('package_id', p_package_id, 'provider', p_provider);
  package public.credit_packages;
  refused jsonb := case
    when p_actor_id is not null then private.refuse_unless_admin(audit_action, null, p_actor_id, asked)
  end;
begin
  if refused is not null then
    return refused;
  end if;
  select * into package from public.credit_packages where id = p_package_id for update;
  if not found then
    return private.refuse(audit_action, null, 'package_not_found', 'There is no such package.', asked, p_actor_id);
  end if;
  if not package.active then
    return private.refuse(
      audit_action, null, 'package_retired', 'This package is not for sale, so its product stays as it is.', asked, p_actor_id
    );
  end if;
  insert into public.package_syncs as known (package_id, provider, status)
  values (package.id, p_provider, 'syncing')
  on conflict (package_id, provider) do update
  set status = 'syncing', error = null, started_at = clock_timestamp(), finished_at = null
  where known.status <> 'syncing'
  or known.started_at < clock_timestamp() - p_timeout;
  if not found then
    return jsonb_build_object('ok', true, 'state', 'syncing');
  end if;
  return jsonb_build_object(
    'ok', true,
    'state', 'claimed',
    'version', package.version,
    'name', package.name,
    'description', package.description,
    'price', package.price,
    'currency', package.currency,
    'interval', package.billing_interval,
    'trial_days', package.trial_days,
    'product_id', (
      select product_id
      from public.package_products
      where package_id = package.id
      and provider = p_provider
      and retired_at is null
    )
  );
end
$$;
comment on function public.begin_product_sync is
  'Claims bringing the product of a package in line, for p_timeout at most: end_product_sync follows. Of many calls at once one claims; the others hear that it is syncing.';

create function public.end_product_sync(
  p_package_id text,
  p_provider text,
  p_version bigint,
  p_product_id text default null,
  p_price_id text default null,
  p_done text[] default '{}',
  p_error text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.sync';
  package public.credit_packages;
  outdated boolean;
  failure text := p_error;
begin
  select * into package from public.credit_packages where id = p_package_id for update;
  outdated := package.version is distinct from p_version;
  if failure is null and outdated then
    failure := 'The package was changed while it was synced.';
  end if;
  if failure is null and exists (
    select from public.package_products
    where provider = p_provider
    and product_id = p_product_id
    and package_id <> p_package_id
  ) then
    failure := format('The product %s is that of another package.', p_product_id);
  end if;
  if failure is null then
    update public.package_products
    set retired_at = clock_timestamp()
    where package_id = p_package_id
    and provider = p_provider
    and product_id <> p_product_id
    and retired_at is null;
    insert into public.package_products (package_id, provider, product_id, price_id)
    values (p_package_id, p_provider, p_product_id, p_price_id)
    on conflict (provider, product_id) do update
    set price_id = excluded.price_id, retired_at = null;
  end if;
  update public.package_syncs
  set
    status = case when failure is null then 'synced' else 'failed' end,
    product_id = case when failure is null then p_product_id else product_id end,
    error = left(failure, 500),
    finished_at = clock_timestamp()
  where package_id = p_package_id
  and provider = p_provider;
  if failure is not null or cardinality(p_done) > 0 then
    insert into public.audit_logs (actor_id, action, outcome, reason, details)
    values (
      p_actor_id, audit_action, case when failure is null then 'success' else 'failure' end, left(failure, 500),
      jsonb_strip_nulls(jsonb_build_object(
        'package_id', p_package_id, 'provider', p_provider, 'product_id', p_product_id, 'done', to_jsonb(p_done)
      ))
    );
  end if;
  return jsonb_build_object('ok', true, 'outdated', outdated, 'error', failure);
end
$$;
comment on function public.end_product_sync is
  'Stores what a package is sold as since its sync, or why that failed. A product of the package as it was before a change is not stored: outdated, it is to be synced again.';

grant execute on function public.begin_product_sync, public.end_product_sync to service_role;
