-- What an owner does with keys of the API. The server makes the secret, and hands over its hash alone.

create function private.audit_key(p_action text, p_api_key public.api_keys)
returns void
language sql
set search_path = ''
as $$
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, details)
  values (p_api_key.owner_id, p_api_key.owner_id, p_action, 'success', jsonb_build_object('api_key_id', p_api_key.id))
$$;
comment on function private.audit_key is 'Notes what an owner did with a key.';

create function private.are_addresses(p_addresses text[])
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_addresses::inet[] is not null and array_position(p_addresses, null) is null;
exception
  when invalid_text_representation then
    return false;
end
$$;
comment on function private.are_addresses is 'Whether each is an IP address or a network, as 10.0.0.0/8.';

create function private.refuse_budgets(
  p_audit_action text,
  p_user_id uuid,
  p_per_day bigint,
  p_per_month bigint,
  p_total bigint
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if (least(p_per_day, p_per_month, p_total) > 0) is false
    or greatest(p_per_day, p_per_month, p_total) > private.max_amount() then
    return private.refuse(p_audit_action, p_user_id, 'invalid_amount', 'A budget is a positive whole number of credits.');
  end if;
  return null;
end
$$;
comment on function private.refuse_budgets is 'The refusal of budgets that are no amounts of credits; null for good ones, and for none.';

create function public.create_api_key(
  p_user_id uuid,
  p_caller jsonb,
  p_name text,
  p_prefix text,
  p_secret_hash text,
  p_scopes text[],
  p_expires_at timestamptz default null,
  p_allowed_addresses text[] default '{}',
  p_allowed_origins text[] default '{}',
  p_budget_per_day bigint default null,
  p_budget_per_month bigint default null,
  p_budget_total bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.create';
  max_keys constant integer := 50;
  refused jsonb;
  api_key public.api_keys;
begin
  -- Behind the lock that closing the account takes, and two creations at once.
  perform from public.profiles where id = p_user_id for update;
  refused := private.refuse_caller(audit_action, p_user_id, p_caller);
  if refused is not null then
    return refused;
  end if;
  if char_length(btrim(coalesce(p_name, ''))) not between 1 and 60 then
    return private.refuse(audit_action, p_user_id, 'name_required', 'Give the key a name of up to 60 characters.');
  end if;
  if p_expires_at <= clock_timestamp() then
    return private.refuse(audit_action, p_user_id, 'already_expired', 'The key would have expired already.');
  end if;
  if not private.are_addresses(p_allowed_addresses) then
    return private.refuse(
      audit_action, p_user_id, 'invalid_address', 'Enter addresses or networks, such as 203.0.113.7 or 10.0.0.0/8.'
    );
  end if;
  refused := private.refuse_budgets(audit_action, p_user_id, p_budget_per_day, p_budget_per_month, p_budget_total);
  if refused is not null then
    return refused;
  end if;
  if (select count(*) from public.api_keys where owner_id = p_user_id and revoked_at is null) >= max_keys then
    return private.refuse(
      audit_action, p_user_id, 'too_many_keys', format('There can be %s keys. Revoke one that is not used.', max_keys)
    );
  end if;
  insert into public.api_keys (
    owner_id, name, prefix, scopes, expires_at, allowed_addresses, allowed_origins, budget_per_day, budget_per_month,
    budget_total
  )
  values (
    p_user_id, btrim(p_name), p_prefix, p_scopes, p_expires_at, p_allowed_addresses, p_allowed_origins, p_budget_per_day,
    p_budget_per_month, p_budget_total
  )
  returning * into api_key;
  insert into private.api_key_secrets (secret_hash, api_key_id) values (p_secret_hash, api_key.id);
  perform private.audit_key(audit_action, api_key);
  return jsonb_build_object('ok', true, 'id', api_key.id);
end
$$;
comment on function public.create_api_key is
  'Makes a key of the API for a user in a live session. Only the hash of its secret is kept.';

create function private.lock_api_key(p_user_id uuid, p_api_key_id bigint)
returns public.api_keys
language plpgsql
set search_path = ''
as $$
declare
  api_key public.api_keys;
begin
  select * into api_key
  from public.api_keys
  where id = p_api_key_id
  and owner_id = p_user_id
  and revoked_at is null
  for no key update;
  return api_key;
end
$$;
comment on function private.lock_api_key is 'A key of this owner that is not revoked, locked; all null if there is none.';

create function private.refuse_key_change(
  p_audit_action text,
  p_user_id uuid,
  p_caller jsonb,
  p_api_key public.api_keys
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return coalesce(
    private.refuse_caller(p_audit_action, p_user_id, p_caller),
    case when p_api_key.id is null then
      private.refuse(p_audit_action, p_user_id, 'api_key_not_found', 'You have no such key.')
    end
  );
end
$$;
comment on function private.refuse_key_change is
  'The refusal of a change to a key that is not the user''s, or not from a live session; null for one that may go on.';

create function public.rotate_api_key(
  p_user_id uuid,
  p_caller jsonb,
  p_api_key_id bigint,
  p_prefix text,
  p_secret_hash text,
  p_overlap_seconds integer
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.rotate';
  max_overlap constant integer := 604800;
  api_key public.api_keys := private.lock_api_key(p_user_id, p_api_key_id);
  refused jsonb := private.refuse_key_change(audit_action, p_user_id, p_caller, api_key);
begin
  if refused is not null then
    return refused;
  end if;
  if p_overlap_seconds is null or p_overlap_seconds not between 0 and max_overlap then
    return private.refuse(audit_action, p_user_id, 'invalid_overlap', 'The old secret can go on for up to seven days.');
  end if;
  -- One that was to end sooner still does.
  update private.api_key_secrets
  set expires_at = least(expires_at, clock_timestamp() + make_interval(secs => p_overlap_seconds))
  where api_key_id = api_key.id;
  insert into private.api_key_secrets (secret_hash, api_key_id) values (p_secret_hash, api_key.id);
  update public.api_keys set prefix = p_prefix, rotated_at = clock_timestamp() where id = api_key.id;
  perform private.audit_key(audit_action, api_key);
  return jsonb_build_object('ok', true, 'id', api_key.id);
end
$$;
comment on function public.rotate_api_key is
  'Gives a key a new secret; the old one goes on for p_overlap_seconds, up to a week. Budgets and what is used of them stay.';

create function public.set_api_key_budgets(
  p_user_id uuid,
  p_caller jsonb,
  p_api_key_id bigint,
  p_budget_per_day bigint default null,
  p_budget_per_month bigint default null,
  p_budget_total bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.set_budgets';
  api_key public.api_keys := private.lock_api_key(p_user_id, p_api_key_id);
  refused jsonb := coalesce(
    private.refuse_key_change(audit_action, p_user_id, p_caller, api_key),
    private.refuse_budgets(audit_action, p_user_id, p_budget_per_day, p_budget_per_month, p_budget_total)
  );
begin
  if refused is not null then
    return refused;
  end if;
  update public.api_keys
  set budget_per_day = p_budget_per_day, budget_per_month = p_budget_per_month, budget_total = p_budget_total
  where id = api_key.id;
  perform private.audit_key(audit_action, api_key);
  return jsonb_build_object('ok', true, 'id', api_key.id);
end
$$;
comment on function public.set_api_key_budgets is
  'Sets the budgets of a key, in credits of each type; null for no limit. What is used already counts.';

create function public.revoke_api_key(p_user_id uuid, p_caller jsonb, p_api_key_id bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.revoke';
  api_key public.api_keys := private.lock_api_key(p_user_id, p_api_key_id);
  refused jsonb := private.refuse_key_change(audit_action, p_user_id, p_caller, api_key);
begin
  if refused is not null then
    return refused;
  end if;
  update public.api_keys set revoked_at = clock_timestamp() where id = api_key.id;
  delete from private.api_key_secrets where api_key_id = api_key.id;
  perform private.audit_key(audit_action, api_key);
  return jsonb_build_object('ok', true, 'id', api_key.id);
end
$$;
comment on function public.revoke_api_key is
  'Revokes a key at once: no call with it is taken from now on. Runs that it started end as they would.';

create function public.revoke_api_keys(p_user_id uuid, p_caller jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.revoke';
  refused jsonb := private.refuse_caller(audit_action, p_user_id, p_caller);
  api_key public.api_keys;
  revoked integer := 0;
begin
  if refused is not null then
    return refused;
  end if;
  for api_key in
    update public.api_keys
    set revoked_at = clock_timestamp()
    where owner_id = p_user_id
    and revoked_at is null
    returning *
  loop
    delete from private.api_key_secrets where api_key_id = api_key.id;
    perform private.audit_key(audit_action, api_key);
    revoked := revoked + 1;
  end loop;
  return jsonb_build_object('ok', true, 'revoked', revoked);
end
$$;
comment on function public.revoke_api_keys is
  'Revokes every key of a user at once, as after a password that somebody else may have known. Returns how many there were.';

create function private.forget_keys(p_user_id uuid)
returns void
language sql
set search_path = ''
as $$
  delete from private.api_key_secrets s using public.api_keys k where k.id = s.api_key_id and k.owner_id = p_user_id;
  update public.api_keys
  set name = '', prefix = '', allowed_addresses = '{}', allowed_origins = '{}',
    revoked_at = coalesce(revoked_at, clock_timestamp())
  where owner_id = p_user_id
$$;
comment on function private.forget_keys is 'Revokes every key of a user, and keeps nothing that names anybody.';

grant execute on function
  public.create_api_key, public.rotate_api_key, public.set_api_key_budgets, public.revoke_api_key,
  public.revoke_api_keys
to service_role;
