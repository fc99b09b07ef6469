-- Who people are: profiles, admins, memberships.

create table public.membership_tiers (
  id text primary key constraint membership_tiers_id_is_a_slug check (id ~ '^[a-z][a-z0-9_]{0,39}$'),
  name text not null,
  level integer not null unique constraint membership_tiers_level_positive check (level > 0)
);
comment on table public.membership_tiers is
  'The memberships this product has. A higher level may do all that a lower one may; nobody''s level is 0 without one.';

insert into public.membership_tiers (id, name, level) values ('pro', 'Pro', 10), ('enterprise', 'Enterprise', 20);

create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  email text not null,
  name text not null default '' constraint profiles_name_is_short check (char_length(name) <= 120),
  membership_tier text references public.membership_tiers (id),
  membership_expires_at timestamptz,
  membership_subscription_id uuid,
  closed_at timestamptz,
  unwanted_mails text[] not null default '{}',
  time_zone text constraint profiles_time_zone_is_short check (char_length(time_zone) <= 64),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.profiles is
  'One row per user. Goes with the user, unless the user has a ledger: that is kept, and deleting the user is refused. close_account is for those.';
comment on column public.profiles.closed_at is 'When the account was closed, and nothing personal was kept; null for an open one.';
comment on column public.profiles.time_zone is 'In which times are shown to its owner; null for that of the browser.';
comment on column public.profiles.unwanted_mails is 'The kinds of mail its owner has switched off, by set_mail_wanted.';

-- Admin pages list the newest first, and find them by a part of what names them.
create index profiles_created_at_idx on public.profiles (created_at desc, id desc);
create index profiles_search_idx on public.profiles using gin ((email || ' ' || name) extensions.gin_trgm_ops);
comment on column public.profiles.membership_expires_at is 'When the tier ends; null for never.';

create index profiles_membership_tier_idx on public.profiles (membership_tier);

create trigger profiles_touch_updated_at
before update on public.profiles
for each row execute function private.touch_updated_at();

create index profiles_membership_subscription_idx
on public.profiles (membership_subscription_id)
where membership_subscription_id is not null;

create function private.is_closed(p_user_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (select from public.profiles where id = p_user_id and closed_at is not null)
$$;
comment on function private.is_closed is 'Whether the account was closed.';

create table public.user_roles (
  user_id uuid not null references public.profiles (id) on delete cascade,
  role text not null constraint user_roles_role_is_known check (role in ('admin')),
  created_at timestamptz not null default now(),
  primary key (user_id, role)
);
comment on table public.user_roles is 'Roles beyond those of an ordinary user. Only the server reads and writes it.';

create function private.is_live_session(p_user_id uuid, p_session_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from auth.sessions s
    join auth.users u on u.id = s.user_id
    where s.id = p_session_id
    and s.user_id = p_user_id
    and (s.not_after is null or s.not_after > clock_timestamp())
    and (u.banned_until is null or u.banned_until <= clock_timestamp())
  );
end
$$;
comment on function private.is_live_session is
  'Whether this session of the user goes on, and the user is not banned. An access token does not tell: it stays valid until it expires.';

create function private.is_banned(p_user_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (select from auth.users where id = p_user_id and banned_until > clock_timestamp())
$$;
comment on function private.is_banned is 'Whether a user may not sign in now.';

create function private.has_admin_role(p_user_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (select from public.user_roles where user_id = p_user_id and role = 'admin')
$$;
comment on function private.has_admin_role is 'Whether a user is an admin, banned or not, whatever session asks.';

create function public.is_live_admin(p_user_id uuid, p_session_id uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select private.has_admin_role(p_user_id)
  and private.is_live_session(p_user_id, p_session_id)
$$;
comment on function public.is_live_admin is 'Whether the user is an admin, and asks from a session that goes on.';

create function private.is_admin()
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select public.is_live_admin(auth.uid(), (auth.jwt() ->> 'session_id')::uuid)
$$;
comment on function private.is_admin is
  'Whether the caller of the Data API is an admin, in a session that goes on. For policies.';

create function private.tier_level(p_tier text)
returns integer
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_tier is null then
    return 0;
  end if;
  return (select level from public.membership_tiers where id = p_tier);
end
$$;
comment on function private.tier_level is 'The level of a tier: 0 for no tier, null for one that does not exist, so that nobody reaches it.';

create function private.effective_tier(p_user_id uuid)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select membership_tier
    from public.profiles
    where id = p_user_id
    and (membership_expires_at is null or membership_expires_at > clock_timestamp())
  );
end
$$;
comment on function private.effective_tier is 'The tier that counts now: an expired one is none.';

alter table public.membership_tiers enable row level security;
alter table public.profiles enable row level security;
alter table public.user_roles enable row level security;

create policy "everyone reads the tiers"
on public.membership_tiers for select to anon, authenticated
using (true);

create policy "people read their own profile, admins every one"
on public.profiles for select to authenticated
using ((select auth.uid()) = id or (select private.is_admin()));

create policy "people change their own profile"
on public.profiles for update to authenticated
using ((select auth.uid()) = id and closed_at is null)
with check ((select auth.uid()) = id);

grant select on public.membership_tiers to anon, authenticated, service_role;
grant select on public.profiles to authenticated, service_role;
grant update (name, time_zone) on public.profiles to authenticated;
grant select, insert, delete on public.user_roles to service_role;
grant execute on function private.is_admin to authenticated;
grant execute on function public.is_live_admin to service_role;
