-- A plan change may charge in full, and the provider treats two requests as two changes. So only one is requested at a
-- time, and while its outcome is unknown no other may begin.

create function public.current_subscription(p_user_id uuid, p_caller jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_caller('subscription.find', p_user_id, p_caller);
begin
  return coalesce(refused, jsonb_build_object(
    'ok', true,
    'subscription', (
      select to_jsonb(s)
      from public.subscriptions s
      where s.id = private.live_subscription(p_user_id)
    )
  ));
end
$$;
comment on function public.current_subscription is
  'The subscription a user has now; null for none. Asked before every change to it, so the session is checked here.';

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
  'Claims a plan change: begun is true if the plan is still as the caller read it and no other change is in flight. One with an unknown outcome stays in flight for p_timeout.';

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
comment on function public.end_plan_change is 'Ends a plan change whose outcome is known. Not called while it is unknown.';

grant execute on function public.current_subscription, public.begin_plan_change, public.end_plan_change to service_role;
