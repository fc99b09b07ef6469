-- How admins find users: by what names them, how they stand, and what their wallet holds.

create function private.users_where(p_filter jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(string_agg(
    case condition
      when 'search' then case
        when p_filter ->> 'search' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
          then 'p.id = ($1 ->> ''search'')::uuid'
        else
          '(p.email || '' '' || p.name) ilike private.like_pattern($1 ->> ''search'')'
      end
      when 'tier' then case
        when p_filter ->> 'tier' = 'none'
          then '(p.membership_tier is null or p.membership_expires_at <= now())'
        else 'p.membership_tier = $1 ->> ''tier'' and (p.membership_expires_at is null or p.membership_expires_at > now())'
      end
      when 'state' then case p_filter ->> 'state'
        -- Few are banned, and no index finds them: their ids are read once.
        when 'open' then 'p.closed_at is null and p.id not in (select u.id from auth.users u where u.banned_until > now())'
        when 'banned' then 'p.closed_at is null and p.id in (select u.id from auth.users u where u.banned_until > now())'
        when 'closed' then 'p.closed_at is not null'
        -- Not private.has_admin_role(p.id): here the few admins are read once.
        when 'admin' then 'exists (select from public.user_roles r where r.user_id = p.id and r.role = ''admin'')'
        else 'false'
      end
      when 'in_debt' then 'exists (select from public.credits d where d.user_id = p.id and d.debt > 0)'
      when 'min_balance' then 'coalesce(w.balance, 0) >= ($1 ->> ''min_balance'')::bigint'
      when 'max_balance' then 'coalesce(w.balance, 0) <= ($1 ->> ''max_balance'')::bigint'
    end,
    ' and '
  ), 'true')
  from unnest(array['search', 'tier', 'state', 'in_debt', 'min_balance', 'max_balance']) condition
  where p_filter ->> condition is not null
$$;
comment on function private.users_where is
  'The condition on profiles p and wallet w for a filter, which is $1 of the statement: no value of it becomes part of the text.';

create function private.describe_user(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', p.id,
    'email', p.email,
    'name', p.name,
    'created_at', p.created_at,
    'closed_at', p.closed_at,
    'tier', private.effective_tier(p.id),
    'membership_tier', p.membership_tier,
    'membership_expires_at', p.membership_expires_at,
    'is_banned', p.closed_at is null and private.is_banned(p.id),
    'is_admin', private.has_admin_role(p.id),
    'last_seen_at', greatest(
      u.last_sign_in_at,
      (select max(coalesce(s.updated_at, s.created_at)) from auth.sessions s where s.user_id = p.id)
    ),
    'wallets', coalesce(
      (
        select jsonb_agg(jsonb_build_object(
          'credit_type', w.credit_type, 'balance', w.balance, 'spent', w.total_used, 'debt', w.debt
        ))
        from public.credits w
        where w.user_id = p.id
      ),
      '[]'
    )
  )
  from public.profiles p
  join auth.users u on u.id = p.id
  where p.id = p_user_id
$$;
comment on function private.describe_user is 'How a user stands, for admins; null when there is none.';

create function private.count_users(p_filter jsonb, p_condition text, p_key text default null, p_id uuid default null)
returns integer
language plpgsql
stable
set search_path = ''
as $$
declare
  counted integer;
begin
  execute format(
    'select count(*) from (
      select
      from public.profiles p
      left join public.credits w on w.user_id = p.id and w.credit_type = $1 ->> ''credit_type''
      where %s
      limit 10001
    ) matching',
    p_condition
  )
  into counted
  using p_filter, p_key, p_id;
  return counted;
end
$$;
comment on function private.count_users is 'How many users a condition holds for; 10001 stands for more than 10000.';

create function public.search_users(
  p_filter jsonb,
  p_sort text default 'newest',
  p_key text default null,
  p_id uuid default null,
  p_backwards boolean default false,
  p_limit integer default 25
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  filtered constant text := private.users_where(p_filter);
  sort_key text;
  key_type text := 'bigint';
  place text;
  found jsonb;
  total constant integer := private.count_users(p_filter, filtered);
  skipped integer := 0;
begin
  case p_sort
    when 'newest' then
      sort_key := 'p.created_at';
      key_type := 'timestamptz';
    when 'balance' then sort_key := 'coalesce(w.balance, 0)';
    when 'spent' then sort_key := 'coalesce(w.total_used, 0)';
    when 'debt' then sort_key := 'coalesce(w.debt, 0)';
    else raise exception 'There is no sort %.', p_sort using errcode = 'invalid_parameter_value';
  end case;
  place := format('(%s, p.id) %s ($2::%s, $3)', sort_key, case when p_backwards then '>' else '<' end, key_type);
  execute format(
    'with page as (
      select p.id, %1$s as key
      from public.profiles p
      left join public.credits w on w.user_id = p.id and w.credit_type = $1 ->> ''credit_type''
      where %2$s and %3$s
      order by %1$s %4$s, p.id %4$s
      limit $4
    )
    select jsonb_agg(private.describe_user(id) || jsonb_build_object(''key'', key) order by key desc, id desc) from page',
    sort_key, filtered, case when p_id is null then 'true' else place end, case when p_backwards then 'asc' else 'desc' end
  )
  into found
  using p_filter, p_key, p_id, least(p_limit, 100);
  if p_id is not null and found is not null then
    skipped := private.count_users(
      p_filter,
      format('%s and (%s, p.id) > ($2::%s, $3)', filtered, sort_key, key_type),
      found #>> '{0,key}',
      (found #>> '{0,id}')::uuid
    );
  end if;
  return jsonb_build_object('users', coalesce(found, '[]'), 'total', total, 'skipped', skipped);
end
$$;
comment on function public.search_users is
  'One page of the users that a filter {search, tier, state, in_debt, min_balance, max_balance, credit_type} leaves, the highest first, below (p_key, p_id) or backwards above them; with how many there are, and how many come before the page (10001: more than 10000).';

grant execute on function public.search_users to service_role;
