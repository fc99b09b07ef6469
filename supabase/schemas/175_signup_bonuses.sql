-- Who has had the sign-up bonus: each mailbox once, however its address is written, and each client so often a day.

create table public.signup_bonuses (
  mailbox_hash text primary key,
  user_id uuid unique references public.profiles (id) on delete set null,
  status text not null constraint signup_bonuses_status_is_known check (status in ('granted', 'held')),
  client_network text,
  created_at timestamptz not null default clock_timestamp(),
  released_at timestamptz
);
comment on table public.signup_bonuses is
  'One row per mailbox that had the sign-up bonus, or waits for an admin to release it. Outlives its user, or the bonus would come again with each new account.';
comment on column public.signup_bonuses.mailbox_hash is 'SHA-256 of private.mailbox_of: nobody reads an address from it.';
comment on column public.signup_bonuses.client_network is
  'From where the address was confirmed; null for who came by a provider or by an admin.';

create index signup_bonuses_network_idx on public.signup_bonuses (client_network, created_at);
create index signup_bonuses_held_idx on public.signup_bonuses (created_at) where status = 'held';

create table private.pending_confirmations (
  email text primary key,
  network text not null,
  terms_version text,
  created_at timestamptz not null default clock_timestamp()
);
comment on table private.pending_confirmations is
  'What the app knows about a link that Auth is about to redeem: from where it was opened, and which terms the page showed. A row goes with the confirmation, or after an hour.';

create function private.mailbox_of(p_email text)
returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when domain in ('gmail.com', 'googlemail.com') then replace(name, '.', '') || '@gmail.com'
    else name || '@' || domain
  end
  from (
    select
      coalesce(nullif(split_part(substring(address from '^(.*)@'), '+', 1), ''), substring(address from '^(.*)@')) as name,
      substring(address from '@([^@]*)$') as domain
    from (select lower(p_email) as address) given
  ) parts
$$;
comment on function private.mailbox_of is
  'The mailbox that an address leads to: without case and plus tag, and without dots where the provider ignores them.';

create function private.signup_bonuses_per_day(p_network text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case
    -- Who confirmed past the app, or where no proxy says who calls: all of them share one allowance.
    when p_network !~ '^[0-9a-f.:/]+$' then 20
    -- An address of this very network says nothing about who is behind it.
    when p_network::inet <<= any (
      array['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::/64', 'fc00::/7', 'fe80::/10']::inet[]
    ) then null
    else 5
  end
$$;
comment on function private.signup_bonuses_per_day is
  'How many sign-up bonuses one network may have within a day; null for any number. More are held until an admin releases them.';

create function public.record_pending_confirmation(p_email text, p_network text, p_terms_version text default null)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.pending_confirmations where created_at < clock_timestamp() - interval '1 hour';
  insert into private.pending_confirmations (email, network, terms_version)
  values (lower(p_email), p_network, p_terms_version)
  on conflict (email) do update
  set network = excluded.network, terms_version = excluded.terms_version, created_at = excluded.created_at;
end
$$;
comment on function public.record_pending_confirmation is
  'Notes from which network somebody is about to confirm an address, and which terms they accept by it: Auth, which confirms it, knows neither.';

create function private.take_pending_confirmation(p_email text)
returns private.pending_confirmations
language sql
set search_path = ''
as $$
  delete from private.pending_confirmations
  where email = lower(p_email)
  and created_at > clock_timestamp() - interval '1 hour'
  returning *
$$;
comment on function private.take_pending_confirmation is 'What was noted about a confirmation, once; all null for one past the app.';

create function private.claim_signup_bonus(p_user_id uuid, p_email text, p_network text)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  allowed constant integer := private.signup_bonuses_per_day(p_network);
  given text;
begin
  if exists (select from public.signup_bonuses where user_id = p_user_id) then
    return false;
  end if;
  -- Simultaneous confirmations from one network are counted one after the other.
  perform pg_advisory_xact_lock(hashtextextended('signup_bonus:' || p_network, 0));
  insert into public.signup_bonuses (mailbox_hash, user_id, status, client_network)
  values (
    encode(sha256(convert_to(coalesce(private.mailbox_of(p_email), p_user_id::text), 'UTF8')), 'hex'),
    p_user_id,
    case
      when allowed <= (
        select count(*)
        from public.signup_bonuses
        where client_network = p_network
        and status = 'granted'
        and released_at is null
        and created_at > clock_timestamp() - interval '1 day'
      ) then 'held'
      else 'granted'
    end,
    p_network
  )
  on conflict (mailbox_hash) do nothing
  returning status into given;
  return coalesce(given = 'granted', false);
end
$$;
comment on function private.claim_signup_bonus is
  'Whether this user gets the sign-up bonus now: false when the mailbox had it, or when it is held because of its network.';

create function private.grant_signup_bonus(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform public.initialize_credits(p_user_id, t.signup_bonus, t.id)
  from public.credit_types t
  where t.signup_bonus > 0
  -- The order in which the jobs lock wallets too.
  order by t.id;
end
$$;
comment on function private.grant_signup_bonus is 'Grants the sign-up bonus of each credit type, once per user.';

create function public.release_signup_bonus(p_user_id uuid, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'signup_bonus.release';
  refused jsonb;
begin
  refused := private.refuse_unless_admin(audit_action, p_user_id, p_actor_id);
  if refused is not null then
    return refused;
  end if;
  update public.signup_bonuses
  set status = 'granted', released_at = clock_timestamp()
  where user_id = p_user_id
  and status = 'held';
  if not found then
    return private.refuse(
      audit_action, p_user_id, 'bonus_not_held', 'No sign-up bonus of this user is held.', p_actor_id => p_actor_id
    );
  end if;
  perform private.grant_signup_bonus(p_user_id);
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason)
  values (p_actor_id, p_user_id, audit_action, 'success', 'Sign-up bonus released');
  return jsonb_build_object('ok', true);
end
$$;
comment on function public.release_signup_bonus is 'An admin grants a sign-up bonus that was held, once.';

alter table public.signup_bonuses enable row level security;
alter table private.pending_confirmations enable row level security;

create policy "admins read the sign-up bonuses"
on public.signup_bonuses for select to authenticated
using ((select private.is_admin()));

grant select on public.signup_bonuses to authenticated, service_role;
grant execute on function public.record_pending_confirmation, public.release_signup_bonus to service_role;

alter publication supabase_realtime add table public.signup_bonuses;
