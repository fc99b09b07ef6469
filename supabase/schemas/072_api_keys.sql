-- Keys of the API: whose they are, and what each may do.

create table public.api_keys (
  id bigint generated always as identity primary key,
  owner_id uuid not null references public.profiles (id) on delete cascade,
  name text not null constraint api_keys_name_is_short check (char_length(name) <= 60),
  prefix text not null,
  scopes text[] not null,
  allowed_addresses text[] not null default '{}',
  allowed_origins text[] not null default '{}',
  budget_per_day bigint,
  budget_per_month bigint,
  budget_total bigint,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz,
  rotated_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_scopes_are_known check (
    cardinality(scopes) between 1 and 50
    and array_to_string(scopes, ' ', '-') ~ '^((tools:(\*|[a-z0-9][a-z0-9_-]{0,63})|balance:read|history:read)( |$))+$'
  ),
  constraint api_keys_addresses_are_few check (cardinality(allowed_addresses) <= 20),
  constraint api_keys_origins_are_few check (cardinality(allowed_origins) <= 20),
  constraint api_keys_origins_are_pages check (array_to_string(allowed_origins, ' ', '-') ~ '^(https?://[^/ ]+( |$))*$'),
  constraint api_keys_budgets_are_positive check (least(budget_per_day, budget_per_month, budget_total) > 0)
);
comment on table public.api_keys is
  'Keys that programs call /api/v1 with, in the name of their owner. A revoked one stays, since its runs refer to it.';
comment on column public.api_keys.owner_id is 'Whose wallets pay: a person, until there are teams.';
comment on column public.api_keys.prefix is 'How the newest secret begins, for recognition.';
comment on column public.api_keys.scopes is
  'What it may do: tools:<id>, or tools:* for every tool; balance:read; history:read.';
comment on column public.api_keys.allowed_addresses is 'Addresses and networks it may be used from; everywhere if empty.';
comment on column public.api_keys.allowed_origins is
  'Other sites whose pages may use it, as https://app.example.com; none if empty. Programs outside of a browser have no origin.';
comment on column public.api_keys.budget_per_day is
  'Credits of each type that its runs may cost in a UTC day; no limit if null. Likewise per UTC month and in total.';
comment on column public.api_keys.last_used_at is 'To the minute.';

create index api_keys_owner_idx on public.api_keys (owner_id, id desc);

create table private.api_key_secrets (
  secret_hash text primary key constraint api_key_secrets_is_sha256 check (secret_hash ~ '^[0-9a-f]{64}$'),
  api_key_id bigint not null references public.api_keys (id) on delete cascade,
  expires_at timestamptz
);
comment on table private.api_key_secrets is
  'The secrets of the keys, hashed. A rotated key has two for a while: the old one until it expires.';

create index api_key_secrets_key_idx on private.api_key_secrets (api_key_id);

create function private.api_key_of(p_caller jsonb)
returns public.api_keys
language plpgsql
stable
set search_path = ''
as $$
declare
  api_key public.api_keys;
begin
  if p_caller ->> 'api_key' is null then
    return null;
  end if;
  select k.* into api_key
  from private.api_key_secrets s
  join public.api_keys k on k.id = s.api_key_id
  where s.secret_hash = p_caller ->> 'api_key'
  and (s.expires_at is null or s.expires_at > clock_timestamp())
  and (k.expires_at is null or k.expires_at > clock_timestamp())
  and k.revoked_at is null;
  return api_key;
end
$$;
comment on function private.api_key_of is 'The key that a caller {"api_key": hash} calls with; all null for none that is good now.';

create function private.refuse_api_key(p_audit_action text, p_api_key public.api_keys, p_caller jsonb, p_scope text)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  invalid constant jsonb := jsonb_build_object(
    'ok', false, 'code', 'invalid_api_key', 'message', 'This API key is not valid: it is unknown, expired or revoked.'
  );
  address inet;
begin
  if p_api_key.id is null then
    -- Nobody's: not in the audit log, which strangers could fill.
    return invalid;
  end if;
  if not exists (
    select
    from auth.users u
    join public.profiles p on p.id = u.id
    where u.id = p_api_key.owner_id
    and (u.banned_until is null or u.banned_until <= clock_timestamp())
    and p.closed_at is null
  ) then
    return private.refuse(p_audit_action, p_api_key.owner_id, invalid ->> 'code', invalid ->> 'message');
  end if;
  if cardinality(p_api_key.allowed_addresses) > 0 then
    address := (p_caller ->> 'address')::inet;
    if (address <<= any (p_api_key.allowed_addresses::inet[])) is not true then
      return private.refuse(
        p_audit_action, p_api_key.owner_id, 'address_not_allowed', 'This API key may not be used from this address.'
      );
    end if;
  end if;
  if p_caller ->> 'origin' is not null and not (p_caller ->> 'origin') = any (p_api_key.allowed_origins) then
    return private.refuse(
      p_audit_action, p_api_key.owner_id, 'origin_not_allowed', 'This API key may not be used by pages of this origin.'
    );
  end if;
  if p_scope is not null and not (p_scope = any (p_api_key.scopes) or p_scope like 'tools:%' and 'tools:*' = any (p_api_key.scopes)) then
    return private.refuse(
      p_audit_action, p_api_key.owner_id, 'scope_missing', format('This API key lacks the scope %s.', p_scope),
      jsonb_build_object('scope', p_scope)
    );
  end if;
  update public.api_keys
  set last_used_at = clock_timestamp()
  where id = p_api_key.id
  and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute');
  return null;
end
$$;
comment on function private.refuse_api_key is
  'The refusal for a call with a key that is not good, not from this address or page, or not for this; null for one that may go on, whose use is noted. Without p_scope every key will do.';

create function private.refuse_spender(
  p_audit_action text,
  p_user_id uuid,
  p_caller jsonb,
  p_api_key public.api_keys,
  p_scope text
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if p_caller ->> 'api_key' is null then
    return private.refuse_caller(p_audit_action, p_user_id, p_caller);
  end if;
  -- A key opens the wallets of its owner alone.
  return private.refuse_api_key(
    p_audit_action, case when p_api_key.owner_id = p_user_id then p_api_key end, p_caller, p_scope
  );
end
$$;
comment on function private.refuse_spender is
  'As refuse_caller, for what a key of the API may do as well: {"api_key": hash, "address": …, "origin": …}, which api_key_of has read. Everything else asks refuse_caller, which knows no keys.';

alter table public.api_keys enable row level security;
alter table private.api_key_secrets enable row level security;

create policy "people read their own keys, admins every one"
on public.api_keys for select to authenticated
using ((select auth.uid()) = owner_id or (select private.is_admin()));

grant select on public.api_keys to authenticated, service_role;
