-- How often something may be done by one user, or from one address.

create table private.rate_limits (
  subject text not null,
  action text not null,
  next_free_at timestamptz not null,
  refused bigint not null default 0,
  primary key (subject, action)
);
comment on table private.rate_limits is
  'One row per subject (a user''s id, or the network of an address) and action, by the generic cell rate algorithm (ITU-T I.371): when the allowance would be whole again, and how many calls were refused.';

create index rate_limits_next_free_idx on private.rate_limits (next_free_at);

create function private.check_rate(p_subject text, p_action text, p_requests integer, p_seconds integer)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  free_at timestamptz;
  called_at timestamptz := clock_timestamp();
  per_request interval := make_interval(secs => p_seconds::numeric / p_requests);
  wait interval;
begin
  select next_free_at into free_at
  from private.rate_limits
  where subject = p_subject
  and action = p_action
  for update;
  wait := greatest(free_at, called_at) + per_request - called_at - make_interval(secs => p_seconds);
  if wait > interval '0' then
    update private.rate_limits
    set refused = refused + 1
    where subject = p_subject
    and action = p_action;
    return ceil(extract(epoch from wait) * 1000);
  end if;
  return 0;
end
$$;
comment on function private.check_rate is
  'Milliseconds until the subject may do this again; 0 for now. A refused call is counted. Where two calls may come at once, the caller holds a lock that both want.';

create function private.count_rate(p_subject text, p_action text, p_requests integer, p_seconds integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.rate_limits as kept (subject, action, next_free_at)
  values (p_subject, p_action, clock_timestamp() + make_interval(secs => p_seconds::numeric / p_requests))
  on conflict (subject, action) do update
  set next_free_at =
    greatest(kept.next_free_at, clock_timestamp()) + make_interval(secs => p_seconds::numeric / p_requests);
end
$$;
comment on function private.count_rate is 'Counts an attempt against the allowance of p_requests per p_seconds.';

create function private.rate_left(p_subject text, p_action text, p_requests integer, p_seconds integer)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  full_after numeric;
begin
  if p_requests is null then
    return null;
  end if;
  select greatest(extract(epoch from next_free_at - clock_timestamp()), 0) into full_after
  from private.rate_limits
  where subject = p_subject
  and action = p_action;
  return jsonb_build_object(
    'remaining', floor((p_seconds - coalesce(full_after, 0)) * p_requests / p_seconds),
    'full_after_seconds', ceil(coalesce(full_after, 0))
  );
end
$$;
comment on function private.rate_left is
  'What is left of an allowance, and when it is whole again; null for no allowance.';

create function private.refuse_rate(p_wait_ms bigint)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'ok', false,
    'code', 'rate_limited',
    'message', format(
      'That was too often. Try again in %s %s.',
      ceil(p_wait_ms / 1000.0),
      case when p_wait_ms <= 1000 then 'second' else 'seconds' end
    ),
    'retry_after_ms', p_wait_ms
  )
$$;
comment on function private.refuse_rate is
  'The refusal of a call that came too soon. It is counted in private.rate_limits alone, not written to the audit log.';

create function private.refuse_attempt(p_user_id uuid, p_action text, p_refusal jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  -- Far more than a person tries, far less than a script would.
  refusals constant integer := 30;
  seconds constant integer := 60;
  wait_ms bigint := private.check_rate(p_user_id::text, 'refused:' || p_action, refusals, seconds);
begin
  if wait_ms > 0 then
    return private.refuse_rate(wait_ms);
  end if;
  perform private.count_rate(p_user_id::text, 'refused:' || p_action, refusals, seconds);
  return p_refusal;
end
$$;
comment on function private.refuse_attempt is
  'The refusal of a run, or that there were too many of them. An accepted run never meets this limit, so that credits just bought can be spent at once. Call it with the wallet locked.';

create function private.take_rates(
  p_user_id uuid,
  p_action text,
  p_requests integer,
  p_seconds integer,
  p_credit_type text
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  -- No tool is called so: what a client sends has no part in it.
  of_type constant text := 'credit_type:' || p_credit_type;
  credit_type public.credit_types;
  wait_ms bigint;
begin
  if p_requests is not null then
    wait_ms := private.check_rate(p_user_id::text, p_action, p_requests, p_seconds);
    if wait_ms > 0 then
      return private.refuse_rate(wait_ms);
    end if;
  end if;
  select * into credit_type from public.credit_types where id = p_credit_type;
  if credit_type.rate_requests is not null then
    wait_ms := private.check_rate(p_user_id::text, of_type, credit_type.rate_requests, credit_type.rate_seconds);
    if wait_ms > 0 then
      return private.refuse_rate(wait_ms) || jsonb_build_object('credit_type', p_credit_type);
    end if;
    perform private.count_rate(p_user_id::text, of_type, credit_type.rate_requests, credit_type.rate_seconds);
  end if;
  if p_requests is not null then
    perform private.count_rate(p_user_id::text, p_action, p_requests, p_seconds);
  end if;
  return null;
end
$$;
comment on function private.take_rates is
  'Counts a run against the limit of its tool and that of its credit type, or refuses it and counts neither; then credit_type says that the wallet''s own limit did. Call it with the wallet locked.';

create function public.check_rate_limits(p_action text, p_limits jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  allowance record;
  wait_ms bigint := 0;
begin
  for allowance in
    select * from jsonb_to_recordset(p_limits) as given (subject text, requests integer, seconds integer)
    order by subject
  loop
    -- Two attempts at once wait for each other here. Ordered, so that they never wait in a circle.
    perform pg_advisory_xact_lock(hashtextextended('rate:' || p_action || ':' || allowance.subject, 0));
    wait_ms := greatest(
      wait_ms, private.check_rate(allowance.subject, p_action, allowance.requests, allowance.seconds)
    );
  end loop;
  if wait_ms > 0 then
    return private.refuse_rate(wait_ms);
  end if;
  perform private.count_rate(given.subject, p_action, given.requests, given.seconds)
  from jsonb_to_recordset(p_limits) as given (subject text, requests integer, seconds integer);
  return jsonb_build_object('ok', true);
end
$$;
comment on function public.check_rate_limits is
  'Counts one attempt against each of the allowances [{"subject": …, "requests": …, "seconds": …}], or refuses it when one of them is used up.';

grant execute on function public.check_rate_limits to service_role;

alter table private.rate_limits enable row level security;
