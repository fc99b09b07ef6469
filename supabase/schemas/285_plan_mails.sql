-- The mails about a plan. Called under the lock of the payer with the row as it was and as it is, so each change is told
-- of once, however often and in whatever order the provider reports it.

create function private.queue_plan_mail(
  p_plan public.subscriptions,
  p_kind text,
  p_key text,
  p_data jsonb default '{}'
)
returns void
language sql
set search_path = ''
as $$
  select private.queue_mail(
    p_plan.user_id,
    p_kind,
    format('%s:%s:%s:%s', p_kind, p_plan.provider, p_plan.provider_subscription_id, p_key),
    jsonb_build_object('package_name', p.name) || p_data
  )
  from public.credit_packages p
  where p.id = p_plan.package_id
$$;
comment on function private.queue_plan_mail is 'Queues one mail about a plan, with the name it has now.';

create function private.queue_plan_mails(p_former public.subscriptions, p_plan public.subscriptions)
returns void
language plpgsql
set search_path = ''
as $$
declare
  period_end constant jsonb := jsonb_build_object('period_end', p_plan.current_period_end);
  was_live constant boolean := private.subscription_rank(p_former.status) = 1;
  is_live constant boolean := private.subscription_rank(p_plan.status) = 1;
  told_at constant bigint := extract(epoch from p_plan.details_at);
begin
  if p_plan.status in ('on_hold', 'past_due') and p_plan.status <> p_former.status then
    perform private.queue_plan_mail(
      p_plan, 'renewal_failed', extract(epoch from p_plan.current_period_end)::bigint::text
    );
  end if;
  -- A second plan beside a live one is ended and refunded at once. The mail of its refund says so.
  if exists (select from public.subscriptions where id = p_plan.id and surplus is not null) then
    return;
  end if;
  if p_former.status = 'pending' and p_plan.status = 'active' then
    perform private.queue_plan_mail(
      p_plan, 'plan_started', 'once',
      period_end || jsonb_build_object('trial', p_plan.trial, 'renews', not p_plan.cancel_at_period_end)
    );
    return;
  end if;
  if was_live and is_live and p_plan.package_id <> p_former.package_id then
    perform private.queue_plan_mail(
      p_plan, 'plan_changed', format('now:%s:%s', p_plan.package_id, told_at),
      jsonb_build_object('from_name', p.name)
    )
    from public.credit_packages p
    where p.id = p_former.package_id;
  elsif was_live and is_live and p_plan.scheduled_package_id is distinct from p_former.scheduled_package_id then
    perform private.queue_plan_mail(
      p_plan, 'plan_changed', format('later:%s:%s', p_plan.scheduled_package_id, told_at),
      period_end || jsonb_build_object('scheduled_name', p.name)
    )
    from public.credit_packages p
    where p.id = p_plan.scheduled_package_id;
  end if;
  if was_live and is_live and p_plan.cancel_at_period_end and not p_former.cancel_at_period_end then
    perform private.queue_plan_mail(p_plan, 'plan_cancelled', told_at::text, period_end);
  elsif was_live and not is_live and not p_former.cancel_at_period_end then
    -- At once, as by the provider after renewals that failed.
    perform private.queue_plan_mail(p_plan, 'plan_cancelled', 'ended', '{"period_end": null}');
  end if;
end
$$;
comment on function private.queue_plan_mails is
  'Emails the owner of a plan that it began, changed or will change, was cancelled or ended, or could not be renewed.';
