-- Calls of /api/v1: who a key stands for.

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

grant execute on function public.check_api_key to service_role;
