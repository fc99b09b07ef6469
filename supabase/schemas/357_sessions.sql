-- Where somebody is signed in, and how they sign out there.

create function public.list_sessions(p_user_id uuid)
returns table (id uuid, created_at timestamptz, last_used_at timestamptz, user_agent text, address text)
language sql
stable
security definer
set search_path = ''
as $$
  select s.id, s.created_at, coalesce(s.updated_at, s.created_at), s.user_agent, host(s.ip)
  from auth.sessions s
  where s.user_id = p_user_id
  and (s.not_after is null or s.not_after > clock_timestamp())
  order by coalesce(s.updated_at, s.created_at) desc
  limit 50
$$;
comment on function public.list_sessions is 'The sessions of a user that go on, the 50 used last.';

create function public.end_sessions(p_user_id uuid, p_caller jsonb, p_session_id uuid default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'session.end';
  refused jsonb := private.refuse_caller(audit_action, p_user_id, p_caller);
  ended integer;
begin
  if refused is not null then
    return refused;
  end if;
  delete from auth.sessions
  where user_id = p_user_id
  and case
    when p_session_id is not null then id = p_session_id
    else id is distinct from (p_caller ->> 'session_id')::uuid
  end;
  get diagnostics ended = row_count;
  if ended > 0 then
    insert into public.audit_logs (actor_id, target_user_id, action, outcome, details)
    values (p_user_id, p_user_id, audit_action, 'success', jsonb_build_object('sessions', ended));
  end if;
  return jsonb_build_object('ok', true, 'ended', ended);
end
$$;
comment on function public.end_sessions is
  'Ends one session of a user, or all but the caller''s. One that has ended already is no error. Its access token reads until it expires; nothing is spent or changed with it.';

grant execute on function public.list_sessions, public.end_sessions to service_role;
