-- Calls of /api/v1: who a key stands for, and how its runs are canceled.

create function public.check_api_key(
  p_caller jsonb,
  p_scope text default null,
  p_rate_requests integer default null,
  p_rate_seconds integer default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  api_key public.api_keys := private.api_key_of(p_caller);
  refused jsonb := private.refuse_api_key('api_key.use', api_key, p_caller, p_scope);
  subject text := 'key:' || api_key.id;
  counted jsonb;
begin
  if refused is not null then
    return refused;
  end if;
  if p_rate_requests is not null then
    counted := public.check_rate_limits(
      'api',
      jsonb_build_array(jsonb_build_object('subject', subject, 'requests', p_rate_requests, 'seconds', p_rate_seconds))
    );
    if not (counted ->> 'ok')::boolean then
      return counted;
    end if;
  end if;
  return jsonb_build_object(
    'ok', true,
    'id', api_key.id,
    'user_id', api_key.owner_id,
    'email', (select email from public.profiles where id = api_key.owner_id),
    'tier', private.effective_tier(api_key.owner_id),
    'allowed_origins', to_jsonb(api_key.allowed_origins),
    'rate', private.rate_left(subject, 'api', p_rate_requests, p_rate_seconds)
  );
end
$$;
comment on function public.check_api_key is
  'Whose a key is, once it is good, may be used from this address and for p_scope (null for anything), and has not called too often. A run is not asked about here: reserve_credits checks its key itself.';

create function public.cancel_run(p_user_id uuid, p_caller jsonb, p_run_id bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'run.cancel';
  api_key public.api_keys := private.api_key_of(p_caller);
  run public.runs;
  refused jsonb;
begin
  select * into run from public.runs where id = p_run_id and user_id = p_user_id;
  refused := private.refuse_spender(audit_action, p_user_id, p_caller, api_key, 'tools:' || run.tool);
  if refused is not null then
    return refused;
  end if;
  -- A key cancels what it started, and nothing else.
  if run.id is null or run.api_key_id is distinct from api_key.id then
    return private.refuse(audit_action, p_user_id, 'run_not_found', 'There is no such run of this key.');
  end if;
  update public.runs
  set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
  where id = run.id
  and status = 'running'
  returning * into run;
  if not found then
    select * into run from public.runs where id = p_run_id;
  end if;
  return jsonb_build_object('ok', true, 'status', run.status);
end
$$;
comment on function public.cancel_run is
  'Asks for the end of a run that is going on; the process that runs it ends it, and with it the hold. One that has ended stays as it is. Returns how the run stands.';

create function public.is_cancel_requested(p_run_id bigint)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (select from public.runs where id = p_run_id and cancel_requested_at is not null)
$$;
comment on function public.is_cancel_requested is 'Whether a run is to end. For the process that runs it.';

grant execute on function public.check_api_key, public.cancel_run, public.is_cancel_requested to service_role;
