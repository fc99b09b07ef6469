-- How often a user may do something. Called by reserve_credits, with the wallet locked.

create table private.rate_limits (
  user_id uuid not null,
  action text not null,
  next_free_at timestamptz not null,
  refused bigint not null default 0,
  primary key (user_id, action)
);
comment on table private.rate_limits is
  'One row per user and action, by the generic cell rate algorithm (ITU-T I.371): when the allowance would be whole again, and how many calls were refused.';

create index rate_limits_next_free_idx on private.rate_limits (next_free_at);

create function private.check_rate(p_user_id uuid, p_action text, p_requests integer, p_seconds integer)
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
  where user_id = p_user_id
  and action = p_action
  for update;
  wait := greatest(free_at, called_at) + per_request - called_at - make_interval(secs => p_seconds);
  if wait > interval '0' then
    update private.rate_limits
    set refused = refused + 1
    where user_id = p_user_id
    and action = p_action;
    return ceil(extract(epoch from wait) * 1000);
  end if;
  return 0;
end
$$;
comment on function private.check_rate is
  'Milliseconds until the user may do this again; 0 for now. A refused call is counted. Call it with the wallet locked.';

create function private.count_rate(p_user_id uuid, p_action text, p_requests integer, p_seconds integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  insert into private.rate_limits as kept (user_id, action, next_free_at)
  values (p_user_id, p_action, clock_timestamp() + make_interval(secs => p_seconds::numeric / p_requests))
  on conflict (user_id, action) do update
  set next_free_at =
    greatest(kept.next_free_at, clock_timestamp()) + make_interval(secs => p_seconds::numeric / p_requests);
end
$$;
comment on function private.count_rate is 'Counts an accepted call against the allowance of p_requests per p_seconds.';

alter table private.rate_limits enable row level security;
