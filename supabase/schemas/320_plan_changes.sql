-- A change of plan may charge in full, and the provider takes two requests for two changes. So one is asked for at a
-- time, and while its outcome is unknown, no other one begins.

create function public.begin_plan_change(
  p_user_id uuid,
  p_subscription_id uuid,
  p_from_package_id text,
  p_timeout interval default '2 minutes'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_payer(p_user_id);
  update public.subscriptions
  set plan_change_at = clock_timestamp()
  where id = p_subscription_id
  and user_id = p_user_id
  and package_id = p_from_package_id
  and status = 'active'
  and not cancel_at_period_end
  and (plan_change_at is null or plan_change_at < clock_timestamp() - p_timeout);
  return jsonb_build_object('ok', true, 'begun', found);
end
$$;
comment on function public.begin_plan_change is
  'Whether the provider may be asked now to change this plan: it stands as the caller read it, and no other change is under way. One whose outcome stayed unknown counts as under way for p_timeout.';

create function public.end_plan_change(p_subscription_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.subscriptions set plan_change_at = null where id = p_subscription_id and plan_change_at is not null;
  return jsonb_build_object('ok', true);
end
$$;
comment on function public.end_plan_change is 'Notes that it is known how a change of plan ended. Leave it out while it is not.';

grant execute on function public.begin_plan_change, public.end_plan_change to service_role;
