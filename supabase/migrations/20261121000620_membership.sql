create function private.tier_level(p_tier text)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_tier is null then
    return 0;
  end if;
  return (select level from public.membership_tiers where id = p_tier);
end
$$;
comment on function private.tier_level is 'The level of a tier: 0 for no tier, null for one that does not exist, so that nobody reaches it.';

create function private.effective_tier(p_user_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select membership_tier
    from public.profiles
    where id = p_user_id
    and (membership_expires_at is null or membership_expires_at > clock_timestamp())
  );
end
$$;
comment on function private.effective_tier is 'The tier that counts now: an expired one is none.';

create function public.set_membership(
  p_user_id uuid,
  p_tier text default null,
  p_expires_at timestamptz default null,
  p_reason text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  verb constant text := 'membership.set';
begin
  if private.tier_level(p_tier) is null then
    return private.refuse(verb, p_user_id, 'unknown_tier', 'There is no such membership tier.', '{}', p_actor_id);
  end if;
  update public.profiles
  set
    membership_tier = p_tier,
    membership_expires_at = case when p_tier is not null then p_expires_at end,
    membership_subscription_id = null
  where id = p_user_id;
  if not found then
    return private.refuse(verb, p_user_id, 'user_not_found', 'There is no such user.', '{}', p_actor_id);
  end if;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, p_user_id, verb, 'success', p_reason,
    jsonb_build_object('tier', p_tier, 'expires_at', p_expires_at)
  );
  return jsonb_build_object('ok', true, 'tier', p_tier, 'expires_at', p_expires_at);
end
$$;
comment on function public.set_membership is
  'Gives a user a tier by hand until p_expires_at, or takes it away (null). Credits already bought stay as they are.';

revoke execute on function public.set_membership from public, anon, authenticated;
grant execute on function public.set_membership to service_role;
