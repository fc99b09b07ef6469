-- Admins who look at the app as one user sees it: for a while, with a reason, and reading alone.

create table private.account_views (
  session_id uuid not null,
  user_id uuid not null references public.profiles (id) on delete cascade,
  ends_at timestamptz not null,
  primary key (session_id, user_id)
);
comment on table private.account_views is
  'Which accounts an admin may look at as their users do, from which session, and until when. It gives no right: what is read is read by the admin''s own.';

create index account_views_user_idx on private.account_views (user_id);

alter table private.account_views enable row level security;

create function public.begin_account_view(p_user_id uuid, p_reason text, p_actor_id uuid, p_session_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'account.view';
  refused jsonb := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
  new_end constant timestamptz := clock_timestamp() + interval '30 minutes';
begin
  if refused is not null then
    return refused;
  end if;
  if not private.is_live_session(p_actor_id, p_session_id) then
    return private.refuse(
      audit_action, p_user_id, 'session_ended', 'Your session has ended. Sign in again to continue.', '{}', p_actor_id
    );
  end if;
  if private.has_admin_role(p_user_id) then
    return private.refuse(
      audit_action, p_user_id, 'account_of_admin', 'The account of an admin cannot be viewed.', '{}', p_actor_id
    );
  end if;
  delete from private.account_views where ends_at <= clock_timestamp();
  insert into private.account_views (session_id, user_id, ends_at)
  values (p_session_id, p_user_id, new_end)
  on conflict (session_id, user_id) do update
  set ends_at = excluded.ends_at;
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason) || jsonb_build_object('ends_at', new_end);
end
$$;
comment on function public.begin_account_view is
  'An admin begins to look at the account of a user, from one session, for 30 minutes. Not at that of an admin.';

create function public.read_account_view(p_user_id uuid, p_actor_id uuid, p_session_id uuid)
returns timestamptz
language sql
stable
security definer
set search_path = ''
as $$
  select ends_at
  from private.account_views
  join public.profiles on id = user_id
  where session_id = p_session_id
  and user_id = p_user_id
  and ends_at > clock_timestamp()
  and closed_at is null
  and public.is_live_admin(p_actor_id, p_session_id)
  and not private.has_admin_role(p_user_id)
$$;
comment on function public.read_account_view is
  'Until when an admin looks at the account of a user; null when it is over, as it is with the session or the role of the admin.';

create function public.end_account_view(p_user_id uuid, p_session_id uuid)
returns jsonb
language sql
security definer
set search_path = ''
as $$
  delete from private.account_views where session_id = p_session_id and user_id = p_user_id;
  select jsonb_build_object('ok', true)
$$;
comment on function public.end_account_view is 'An admin stops looking at the account of a user. One that is over already is no error.';

grant execute on function
  public.begin_account_view,
  public.read_account_view,
  public.end_account_view
to service_role;
