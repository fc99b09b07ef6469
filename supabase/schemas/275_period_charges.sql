-- Which charge paid for which period, and periods that wait for a charge of their own.

create table private.overlapping_periods (
  subscription_id uuid not null references public.subscriptions (id) on delete cascade,
  period_start timestamptz not null,
  period_end timestamptz not null,
  package_id text not null references public.credit_packages (id) on update cascade,
  quantity integer not null,
  event_id text not null references public.payment_events (id) on delete cascade,
  reviewed boolean not null default false,
  primary key (subscription_id, period_start, package_id)
);
comment on table private.overlapping_periods is
  'Periods reported as paid that overlap a granted one. They granted nothing; the event that reported one first is in review, until a charge turns up that paid for it.';
comment on column private.overlapping_periods.reviewed is 'Whether an admin has decided about it: from then on nothing grants it.';

create index overlapping_periods_package_idx on private.overlapping_periods (package_id);
create index overlapping_periods_event_idx on private.overlapping_periods (event_id);

alter table private.overlapping_periods enable row level security;

create function private.match_charges(p_subscription_id uuid)
returns table (period_start timestamptz, payment_id uuid)
language plpgsql
stable
set search_path = ''
as $$
declare
  matched_starts timestamptz[] := '{}';
  matched_ids uuid[] := '{}';
  pair record;
begin
  for pair in
    select p.period_start, c.id
    from public.subscription_periods p
    join public.payments c
      on c.subscription_id = p.subscription_id
      and c.status = 'succeeded'
      and c.charged_amount > 0
      and c.charged_at between p.period_start - interval '1 day' and p.period_start + interval '1 day'
    where p.subscription_id = p_subscription_id
    order by abs(extract(epoch from c.charged_at - p.period_start)), c.charged_at, c.provider_payment_id, p.period_start
  loop
    continue when pair.period_start = any(matched_starts) or pair.id = any(matched_ids);
    matched_starts := matched_starts || pair.period_start;
    matched_ids := matched_ids || pair.id;
    period_start := pair.period_start;
    payment_id := pair.id;
    return next;
  end loop;
end
$$;
comment on function private.match_charges is
  'The charge that paid for each period, nearest pairs first; each charge pays for one. Charges of free trials and of plan changes within a period are nearest to none.';

create function private.link_periods_to_charges(p_subscription_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  linked record;
begin
  for linked in
    update public.subscription_periods period
    set payment_id = matched.payment_id
    from (
      select p.period_start, m.payment_id
      from public.subscription_periods p
      left join private.match_charges(p_subscription_id) m on m.period_start = p.period_start
      where p.subscription_id = p_subscription_id
    ) matched
    where period.subscription_id = p_subscription_id
    and period.period_start = matched.period_start
    and period.payment_id is distinct from matched.payment_id
    returning period.payment_id, period.transaction_id, period.package_id
  loop
    if linked.payment_id is null then
      perform private.sync_clawback(linked.transaction_id, 0, 'Given back: another charge was refunded', null, null);
    else
      perform private.queue_receipt(c, linked.transaction_id, p.name)
      from public.payments c, public.credit_packages p
      where c.id = linked.payment_id
      and p.id = linked.package_id;
      perform private.sync_payment(linked.payment_id, 'Taken back with the payment');
    end if;
  end loop;
end
$$;
comment on function private.link_periods_to_charges is
  'Links each period of a subscription to the charge that paid for it, whichever of the two was reported first.';

create function private.end_overlap(p_subscription_id uuid, p_start timestamptz, p_package_id text)
returns void
language sql
set search_path = ''
as $$
  with ended as (
    delete from private.overlapping_periods
    where subscription_id = p_subscription_id
    and period_start = p_start
    and package_id = p_package_id
    returning event_id
  )
  update public.payment_events
  set status = 'processed', error = null, processed_at = clock_timestamp()
  from ended
  where id = ended.event_id
$$;
comment on function private.end_overlap is 'Ends the wait of an overlapping period that was granted, and the review of its event.';

create function private.grant_waiting_periods(p_subscription public.subscriptions)
returns void
language plpgsql
set search_path = ''
as $$
declare
  waiting private.overlapping_periods;
  package public.credit_packages;
begin
  for waiting in
    select *
    from private.overlapping_periods
    where subscription_id = p_subscription.id
    and not reviewed
    order by period_start, package_id
  loop
    select * into package from public.credit_packages where id = waiting.package_id;
    continue when private.grant_period(
      p_subscription, package, waiting.quantity, waiting.period_start, waiting.period_end
    ) is null;
    perform private.end_overlap(waiting.subscription_id, waiting.period_start, waiting.package_id);
    perform private.link_periods_to_charges(p_subscription.id);
    -- Beside this one another may fit.
    perform private.grant_waiting_periods(p_subscription);
    return;
  end loop;
end
$$;
comment on function private.grant_waiting_periods is
  'Grants the overlapping periods of a subscription that fit by now: their charge turned up, or the plan change that ended them early.';

create function private.record_period(
  p_subscription public.subscriptions,
  p_package public.credit_packages,
  p_quantity integer,
  p_start timestamptz,
  p_end timestamptz,
  p_event_id text
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  known private.overlapping_periods;
  granted bigint;
begin
  if exists (
    select from public.subscription_periods
    where subscription_id = p_subscription.id
    and period_start = p_start
    and package_id = p_package.id
  ) then
    return '{}';
  end if;
  select * into known
  from private.overlapping_periods
  where subscription_id = p_subscription.id
  and period_start = p_start
  and package_id = p_package.id;
  if known.reviewed then
    return '{}';
  end if;
  granted := private.grant_period(p_subscription, p_package, p_quantity, p_start, p_end);
  if granted is not null then
    perform private.end_overlap(p_subscription.id, p_start, p_package.id);
    perform private.link_periods_to_charges(p_subscription.id);
    perform private.grant_waiting_periods(p_subscription);
    return jsonb_build_object('transaction_id', granted);
  end if;
  if known.event_id <> p_event_id then
    return '{}';
  end if;
  insert into private.overlapping_periods (subscription_id, period_start, period_end, package_id, quantity, event_id)
  values (p_subscription.id, p_start, p_end, p_package.id, p_quantity, p_event_id)
  on conflict do nothing;
  return jsonb_build_object(
    'review', format(
      'This period of %s, from %s to %s, overlaps one that was granted, and no charge of its own is known. It granted nothing. Compare the subscription with the dashboard of the payment provider; if the period was paid, add its credits with an adjustment.',
      p_package.name, p_start at time zone 'utc', p_end at time zone 'utc'
    )
  );
end
$$;
comment on function private.record_period is
  'Grants a paid period once. One that overlaps what was granted grants nothing and waits; review then says so, to the event that reported it first.';

create function private.close_review(p_event_id text)
returns void
language sql
set search_path = ''
as $$
  update private.overlapping_periods set reviewed = true where event_id = p_event_id;
  update public.payment_events
  set status = 'processed', processed_at = clock_timestamp()
  where id = p_event_id
  and status = 'review'
$$;
comment on function private.close_review is 'Closes the review of an event: an admin has decided about the period it reports, which stays ungranted.';
