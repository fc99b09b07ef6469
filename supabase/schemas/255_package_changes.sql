-- What admins change about packages, and how their products follow.

create function private.package_terms(p_package public.credit_packages)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select to_jsonb(p_package) - array['version', 'created_at', 'updated_at']
$$;
comment on function private.package_terms is 'All that an admin decides about a package.';

create function private.package_rejection(p_package public.credit_packages)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select case
    when not exists (select from public.credit_types where id = p_package.credit_type) then jsonb_build_object(
      'code', 'unknown_credit_type', 'message', 'There is no such credit type.'
    )
    when p_package.tier is not null and not exists (
      select from public.membership_tiers where id = p_package.tier
    ) then jsonb_build_object('code', 'unknown_tier', 'message', 'There is no such membership.')
    when p_package.kind = 'subscription' and p_package.billing_interval is null
      or p_package.kind = 'one_time' and (
        p_package.billing_interval is not null
        or p_package.tier is not null
        or p_package.trial_days > 0
        or p_package.unused_credits <> 'roll_over'
      )
    then jsonb_build_object(
      'code', 'invalid_terms',
      'message', 'A plan has an interval; a package has none, and no membership, trial or credits that expire.'
    )
    when p_package.price < 1 then jsonb_build_object(
      'code', 'invalid_price', 'message', 'A package has a price of at least one minor unit.'
    )
  end
$$;
comment on function private.package_rejection is 'Why a package cannot be saved like this; null if it can.';

create function private.has_plan_buyers(p_package_id text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.subscriptions s
    where p_package_id in (s.package_id, s.scheduled_package_id)
    and (private.is_live(s) or s.status = 'pending' and s.created_at > clock_timestamp() - interval '1 day')
  )
  or exists (
    select from public.payments p
    where p.package_id = p_package_id
    and p.status in ('pending', 'processing')
    -- A checkout can be paid for a day.
    and (p.status = 'processing' or p.created_at > clock_timestamp() - interval '1 day')
  )
$$;
comment on function private.has_plan_buyers is
  'Whether anybody has this plan, changes to it, or has a checkout for it that can still be paid. Every period grants what the plan says then, so its terms stay.';

create function public.create_package(p_package jsonb, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.create';
  asked constant jsonb := jsonb_build_object('package_id', p_package ->> 'id');
  wanted public.credit_packages;
  kept public.credit_packages;
  rejected jsonb;
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id, asked);
begin
  if refused is not null then
    return refused;
  end if;
  wanted := jsonb_populate_record(
    null::public.credit_packages,
    '{"description": "", "kind": "one_time", "credit_type": "general", "currency": "USD", "unused_credits": "roll_over",
      "popular": false, "trial_days": 0, "active": true, "metadata": {}, "version": 1}'::jsonb || p_package
  );
  rejected := private.package_rejection(wanted);
  if rejected is not null then
    return private.refuse(
      audit_action, null, rejected ->> 'code', rejected ->> 'message', asked, p_actor_id
    );
  end if;
  wanted.sort_order := coalesce(wanted.sort_order, (select max(sort_order) + 1 from public.credit_packages), 1);
  wanted.created_at := now();
  wanted.updated_at := wanted.created_at;
  insert into public.credit_packages
  select wanted.*
  on conflict (id) do nothing
  returning * into kept;
  if kept.id is null then
    select * into kept from public.credit_packages where id = wanted.id;
    if private.package_terms(kept) @> p_package then
      return jsonb_build_object('ok', true, 'replayed', true, 'id', kept.id, 'version', kept.version);
    end if;
    return private.refuse(
      audit_action, null, 'package_exists',
      format('There is a package with the id %s already. Choose another id.', wanted.id), asked, p_actor_id
    );
  end if;
  insert into public.audit_logs (actor_id, action, outcome, details)
  values (p_actor_id, audit_action, 'success', asked || jsonb_build_object('terms', private.package_terms(kept) - 'id'));
  return jsonb_build_object('ok', true, 'replayed', false, 'id', kept.id, 'version', kept.version);
end
$$;
comment on function public.create_package is
  'Puts a package up for sale in the name of an admin. Its id is its key: asked for again with the same terms, it is the same package.';

create function public.update_package(p_id text, p_version bigint, p_changes jsonb, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.update';
  asked jsonb := jsonb_build_object('package_id', p_id);
  plan_terms constant text[] :=
    array['credits', 'credit_type', 'price', 'currency', 'billing_interval', 'unused_credits', 'tier'];
  known public.credit_packages;
  wanted public.credit_packages;
  changed jsonb;
  rejected jsonb;
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id, asked);
begin
  if refused is not null then
    return refused;
  end if;
  select * into known from public.credit_packages where id = p_id for update;
  if not found then
    return private.refuse(audit_action, null, 'package_not_found', 'There is no such package.', asked, p_actor_id);
  end if;
  wanted := jsonb_populate_record(known, p_changes - array['id', 'kind', 'version', 'created_at', 'updated_at']);
  select jsonb_object_agg(key, jsonb_build_array(private.package_terms(known) -> key, value)) into changed
  from jsonb_each(private.package_terms(wanted))
  where value <> private.package_terms(known) -> key;
  if changed is null then
    return jsonb_build_object('ok', true, 'replayed', true, 'id', known.id, 'version', known.version);
  end if;
  asked := asked || jsonb_build_object('changes', changed);
  rejected := case
    when p_version is distinct from known.version then jsonb_build_object(
      'code', 'package_changed',
      'message', 'Somebody else has changed this package meanwhile. Reload the page, then make your change again.'
    )
    when known.kind = 'subscription' and changed ?| plan_terms and private.has_plan_buyers(known.id) then jsonb_build_object(
      'code', 'plan_in_use',
      'message', 'Somebody has this plan or a checkout for it, so its price and what it brings stay. Retire it, and sell the new terms as a plan of its own.'
    )
    else private.package_rejection(wanted)
  end;
  if rejected is not null then
    return private.refuse(audit_action, null, rejected ->> 'code', rejected ->> 'message', asked, p_actor_id);
  end if;
  update public.credit_packages
  set
    name = wanted.name,
    description = wanted.description,
    credits = wanted.credits,
    credit_type = wanted.credit_type,
    price = wanted.price,
    currency = wanted.currency,
    billing_interval = wanted.billing_interval,
    unused_credits = wanted.unused_credits,
    tier = wanted.tier,
    popular = wanted.popular,
    trial_days = wanted.trial_days,
    active = wanted.active,
    sort_order = wanted.sort_order,
    metadata = wanted.metadata
  where id = known.id
  returning * into wanted;
  if changed ?| array['price', 'currency', 'billing_interval'] then
    -- Nobody can buy it at another price than this one: it is sold again once it has a product of this price.
    update public.package_products
    set retired_at = clock_timestamp()
    where package_id = known.id
    and retired_at is null;
  end if;
  insert into public.audit_logs (actor_id, action, outcome, details)
  values (p_actor_id, audit_action, 'success', asked);
  return jsonb_build_object('ok', true, 'replayed', false, 'id', wanted.id, 'version', wanted.version);
end
$$;
comment on function public.update_package is
  'Changes a package in the name of an admin who saw it at p_version. What a checkout has been opened for stays as it was; a plan that somebody has keeps its terms.';

create function public.order_packages(p_ids text[], p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.order';
  asked constant jsonb := jsonb_build_object('package_ids', p_ids);
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id, asked);
begin
  if refused is not null then
    return refused;
  end if;
  perform from public.credit_packages order by id for update;
  if (select count(*) from public.credit_packages where id = any (p_ids)) <> cardinality(p_ids) then
    return private.refuse(
      audit_action, null, 'package_not_found', 'One of these packages is not there, or is named twice.', asked, p_actor_id
    );
  end if;
  with ordered as (
    select id, row_number() over (order by sort_order, id) as place
    from public.credit_packages
  ),
  slots as (
    select place, row_number() over (order by place) as position
    from ordered
    where id = any (p_ids)
  ),
  placed as (
    select named.id, slots.place
    from unnest(p_ids) with ordinality as named (id, position)
    join slots using (position)
    union all
    select id, place
    from ordered
    where id <> all (p_ids)
  )
  update public.credit_packages k
  set sort_order = placed.place
  from placed
  where k.id = placed.id
  and k.sort_order <> placed.place;
  if not found then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  insert into public.audit_logs (actor_id, action, outcome, details)
  values (p_actor_id, audit_action, 'success', asked);
  return jsonb_build_object('ok', true, 'replayed', false);
end
$$;
comment on function public.order_packages is
  'Puts these packages in this order, in the name of an admin: among themselves they take the places they had.';

grant execute on function public.create_package, public.update_package, public.order_packages to service_role;
