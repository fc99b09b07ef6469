-- What waits for an admin: the first page of the admin area. Only what somebody can clear is in it.

create function private.late_jobs(p_jobs jsonb)
returns table (job text, ran_at timestamptz, late_since timestamptz, error text)
language sql
stable
set search_path = ''
as $$
  select wanted.job, r.ran_at, last.at + late.after, r.error
  from jsonb_each_text(p_jobs) as wanted (job, seconds)
  left join public.job_runs r on r.job = wanted.job
  -- A job that never ran is late from the first account on: before it there is nothing to do.
  cross join lateral (select coalesce(r.ran_at, (select min(created_at) from public.profiles)) as at) last
  cross join lateral (select 2 * wanted.seconds::integer * interval '1 second' + interval '10 minutes' as after) late
  where last.at + late.after < clock_timestamp()
  or r.error is not null
$$;
comment on function private.late_jobs is
  'The jobs, of those given with their seconds between two runs, that have missed two runs or failed the last time.';

create function private.unmatched_customers(p_limit integer)
returns table (user_id uuid, since timestamptz, details jsonb)
language sql
stable
set search_path = ''
as $$
  select a.target_user_id, min(a.created_at), jsonb_build_object('customer_id', max(a.details ->> 'customer_id'))
  from public.audit_logs a
  where a.action = 'customer.link'
  and a.outcome = 'failure'
  and a.created_at > clock_timestamp() - interval '30 days'
  and a.details ->> 'code' = 'customer_taken'
  and not exists (select from public.payment_customers c where c.user_id = a.target_user_id)
  -- Once its holder was given another address, the next checkout goes through.
  and not exists (
    select from public.audit_logs moved
    where moved.target_user_id = (a.details ->> 'holder_id')::uuid
    and moved.action = 'customer.move'
    and moved.outcome = 'success'
    and moved.created_at > a.created_at
  )
  group by a.target_user_id
  order by min(a.created_at)
  limit p_limit
$$;
comment on function private.unmatched_customers is
  'Whose checkouts were refused in the last 30 days because the payment provider takes them for another account.';

create function private.live_mode_mismatch(p_app_mode text)
returns table (since timestamptz, details jsonb)
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select max(created_at) from public.audit_logs where action = 'live_mode.set' and outcome = 'success'),
    clock_timestamp()
  ), jsonb_build_object('app', p_app_mode, 'database', database.mode)
  from (select public.live_mode() as mode) database
  where database.mode <> p_app_mode
$$;
comment on function private.live_mode_mismatch is
  'One row where browsers wait for changes by another way than this database tells of them, since its own was last set.';

create function public.needs_attention(p_jobs jsonb, p_limit integer default 25, p_app_live_mode text default null)
returns table (
  kind text,
  subject text,
  since timestamptz,
  respond_by timestamptz,
  user_id uuid,
  email text,
  details jsonb
)
language sql
stable
security definer
set search_path = ''
as $$
  with waiting (kind, subject, since, respond_by, user_id, details) as (
    (
      select
        case when e.status = 'review' then 'reviewed_event' else 'failed_event' end, e.id, e.received_at,
        null::timestamptz, null::uuid,
        jsonb_build_object('type', e.type, 'provider', e.provider, 'error', left(e.error, 200))
      from public.payment_events e
      where e.status in ('received', 'failed', 'review')
      -- What has just come in is being applied.
      and (e.status <> 'received' or e.received_at < clock_timestamp() - interval '15 minutes')
      order by e.received_at
      limit p_limit
    )
    union all
    (
      select
        'dispute', d.payment_id::text, d.created_at, d.respond_by, p.user_id,
        jsonb_build_object('amount', d.amount, 'currency', d.currency, 'provider', d.provider)
      from public.payment_disputes d
      join public.payments p on p.id = d.payment_id
      where d.status = 'opened'
      order by d.created_at
      limit p_limit
    )
    union all
    (
      select
        'stuck_refund', r.payment_id::text, r.created_at, null, p.user_id,
        jsonb_build_object(
          'amount', r.amount, 'currency', r.currency, 'provider', r.provider, 'status', r.status
        )
      from public.payment_refunds r
      join public.payments p on p.id = r.payment_id
      where r.status in ('requested', 'pending', 'review')
      -- Banks take days; a provider that was asked answers at once.
      and r.created_at < clock_timestamp() - case r.status when 'requested' then interval '1 hour' else interval '7 days' end
      order by r.created_at
      limit p_limit
    )
    union all
    (
      select
        'stuck_payment', p.id::text, p.created_at, null, p.user_id,
        jsonb_build_object('amount', p.amount, 'currency', p.currency, 'provider', p.provider)
      from public.payments p
      where p.status = 'processing'
      and p.created_at < clock_timestamp() - interval '3 days'
      order by p.created_at
      limit p_limit
    )
    union all
    (
      select
        'second_plan', s.id::text, s.created_at, null, s.user_id,
        jsonb_build_object('provider', s.provider, 'subscription_id', s.provider_subscription_id)
      from public.subscriptions s
      where s.surplus = 'open'
      -- The job ends and refunds them within minutes.
      and s.created_at < clock_timestamp() - interval '1 hour'
      order by s.created_at
      limit p_limit
    )
    union all
    select 'unmatched_customer', c.user_id::text, c.since, null, c.user_id, c.details
    from private.unmatched_customers(p_limit) c
    union all
    (
      select 'held_bonus', b.user_id::text, b.created_at, null, b.user_id, jsonb_build_object('network', b.client_network)
      from public.signup_bonuses b
      where b.status = 'held'
      and b.created_at > clock_timestamp() - interval '30 days'
      and not private.is_closed(b.user_id)
      order by b.created_at
      limit p_limit
    )
    union all
    (
      select
        'failed_sync', s.package_id, coalesce(s.finished_at, s.started_at), null, null,
        jsonb_build_object('name', k.name, 'provider', s.provider, 'error', left(s.error, 200))
      from public.package_syncs s
      join public.credit_packages k on k.id = s.package_id
      where k.active
      and (s.status = 'failed' or s.status = 'syncing' and s.started_at < clock_timestamp() - interval '10 minutes')
      order by s.started_at
      limit p_limit
    )
    union all
    select
      case when j.error is null then 'late_job' else 'failed_job' end, j.job,
      case when j.error is null then j.late_since else j.ran_at end, null, null,
      jsonb_build_object('ran_at', j.ran_at, 'error', j.error)
    from private.late_jobs(p_jobs) j
    union all
    select
      'unsound_ledger', 'ledger', (r.result ->> 'since')::timestamptz, null, null,
      jsonb_build_object('violations', r.result -> 'violations', 'ran_at', r.ran_at)
    from public.job_runs r
    where r.job = 'verify-ledger'
    and (r.result ->> 'violations')::bigint > 0
    union all
    select 'live_mode', 'live', m.since, null, null, m.details
    from private.live_mode_mismatch(p_app_live_mode) m
  )
  select w.kind, w.subject, w.since, w.respond_by, w.user_id, u.email, jsonb_strip_nulls(w.details)
  from waiting w
  left join public.profiles u on u.id = w.user_id
  order by w.since, w.kind, w.subject
$$;
comment on function public.needs_attention is
  'What waits for an admin, oldest first, at most p_limit of each kind. p_jobs: the seconds between two runs of each job that should run. p_app_live_mode: what LIVE_MODE of the app says. Abandoned checkouts are not in it: they end by themselves after a day.';

grant execute on function public.needs_attention to service_role;
