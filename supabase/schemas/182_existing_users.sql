-- For an app that had users before it had credits.

create function private.adopt_users(p_created_before timestamptz, p_limit integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  adopted integer;
begin
  insert into public.profiles (id, email, name)
  select u.id, coalesce(u.email, ''), left(coalesce(u.raw_user_meta_data ->> 'name', u.raw_user_meta_data ->> 'full_name', ''), 120)
  from auth.users u
  where u.created_at < p_created_before
  and not exists (select from public.profiles where id = u.id)
  order by u.id
  limit p_limit
  on conflict do nothing;
  get diagnostics adopted = row_count;
  return adopted;
end
$$;
comment on function private.adopt_users is
  'Gives users who signed up before this schema was there the profile that the others got with their sign-up.';

create function public.give_existing_users(
  p_amount bigint,
  p_key text,
  p_credit_type text default 'general',
  p_created_before timestamptz default clock_timestamp(),
  p_after uuid default null,
  p_limit integer default 200
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.give_existing_users';
  key constant text := format('existing_users:%s:%s', p_key, p_credit_type);
  adopted constant integer := private.adopt_users(p_created_before, p_limit);
  given integer := 0;
  refused integer := 0;
  last uuid;
  owner uuid;
  result jsonb;
begin
  if p_amount is null or p_amount not between 1 and private.max_amount() then
    return private.refuse(audit_action, null, 'invalid_amount', 'The amount must be a positive whole number of credits.');
  end if;
  if p_key !~ '^[a-z0-9][a-z0-9_-]{0,39}$' then
    return private.refuse(
      audit_action, null, 'invalid_key', 'The key must be 1 to 40 small letters, digits, hyphens or underscores.'
    );
  end if;
  if not exists (select from public.credit_types where id = p_credit_type) then
    return private.refuse(audit_action, null, 'unknown_credit_type', 'There is no such credit type.');
  end if;
  for owner in
    select p.id
    from public.profiles p
    join auth.users u on u.id = p.id
    where u.created_at < p_created_before
    and p.closed_at is null
    and (p_after is null or p.id > p_after)
    and not exists (
      select from public.credit_transactions
      where user_id = p.id
      and idempotency_key = key
    )
    order by p.id
    limit p_limit
  loop
    last := owner;
    result := public.add_credits(
      owner, p_amount, p_credit_type, 'promotion',
      p_action => 'existing_users',
      p_description => 'Welcome credits',
      p_idempotency_key => key,
      -- Given once, even if the amount has changed by another run.
      p_request_hash => 'existing_users'
    );
    if not (result ->> 'ok')::boolean then
      refused := refused + 1;
    elsif not (result ->> 'replayed')::boolean then
      given := given + 1;
    end if;
  end loop;
  return jsonb_build_object(
    'ok', true,
    'adopted', adopted,
    'given', given,
    'refused', refused,
    -- Adopted ones may come before the last: then the next batch begins anew.
    'more', last is not null or adopted > 0,
    'last', case when adopted < p_limit then last end
  );
end
$$;
comment on function public.give_existing_users is
  'Gives credits to users who were there before, a batch per call: each once per key and credit type, however often it runs. Users without a profile get one. `more` says that another call is due, with `last` as p_after.';

grant execute on function public.give_existing_users to service_role;
