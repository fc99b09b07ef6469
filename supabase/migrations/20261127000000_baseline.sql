-- Made from supabase/schemas by npm run db:baseline. Never edited by hand.

-- What every other file builds on: the private schema, default privileges, and triggers that many tables share.

-- Constraints that forbid overlapping times compare ids by a gist index.
create extension if not exists btree_gist with schema extensions;

-- Finds users by a part of their name or address.
create extension if not exists pg_trgm with schema extensions;

-- The Data API never serves this schema. Its roles may only call private.is_admin(), first_seq_since() and like_pattern() here.
create schema private;

comment on schema private is 'Internals: never exposed by the Data API.';

revoke all on schema private from public;

-- New objects start without privileges, whatever the defaults of the project or of Postgres are.
-- (A revoke with "in schema" cannot take back what Postgres grants to public everywhere, so it is left out there.)
alter default privileges revoke execute on functions from public;

alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;

alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;

alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

grant usage on schema private to authenticated, service_role;

create table private.personal_data (
  table_name text primary key,
  owned_by text not null,
  columns jsonb not null
);
comment on table private.personal_data is
  'What may tell who somebody was, of each table that outlives its user. Closing an account blanks it, and nothing else of a table that is append-only.';
comment on column private.personal_data.owned_by is 'The condition of a user''s rows, with $1 for the id of the user.';
comment on column private.personal_data.columns is
  'The columns: {"description": null} is emptied; of an object the keys that are listed stay, as in {"details": ["code"]}.';

alter table private.personal_data enable row level security;

create function private.blank(p_value jsonb, p_kept_keys jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(p_kept_keys) = 'array' then coalesce(
      (
        select jsonb_object_agg(key, value)
        from jsonb_each(case when jsonb_typeof(p_value) = 'object' then p_value end)
        where p_kept_keys ? key
      ),
      '{}'
    )
    else 'null'
  end
$$;
comment on function private.blank is 'What is left of a personal column: null, or an object with the keys that may stay.';

create function private.is_blanked(p_table text, p_old jsonb, p_new jsonb)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(bool_and(p_new = p_old || (
    select jsonb_object_agg(column_name, private.blank(p_old -> column_name, kept_keys))
    from jsonb_each(d.columns) listed (column_name, kept_keys)
  )), false)
  from private.personal_data d
  where d.table_name = p_table
$$;
comment on function private.is_blanked is
  'Whether a row is what it was but for its personal columns, and those are blank.';

create function private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and current_setting('account.forgetting', true) = 'on' then
    if private.is_blanked(tg_table_name, to_jsonb(old), to_jsonb(new)) then
      return new;
    end if;
  end if;
  raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op) using errcode = 'restrict_violation';
end
$$;
comment on function private.refuse_change is 'Trigger of append-only tables: no row is ever updated, deleted or truncated. Only private.forget_person may blank the personal columns of a row, and this checks that it does no more.';

create function private.touch_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := clock_timestamp();
  return new;
end
$$;
comment on function private.touch_updated_at is 'Trigger: sets updated_at on every update.';

-- 2^53 - 1: the largest integer JavaScript holds exactly. No amount or balance passes it.
create function private.max_amount()
returns bigint
language sql
immutable
set search_path = ''
return 9007199254740991;
comment on function private.max_amount is 'The largest amount and balance: what a JavaScript number holds exactly.';

create function private.like_pattern(p_text text)
returns text
language sql
immutable
set search_path = ''
as $$
  select '%' || regexp_replace(p_text, '([\\%_])', '\\\1', 'g') || '%'
$$;
comment on function private.like_pattern is 'The pattern for LIKE that matches whatever contains a text, in which nothing is a wildcard.';
grant execute on function private.like_pattern to authenticated, service_role;

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

-- Who did what to whom, and what was refused.

create table public.audit_logs (
  id bigint generated always as identity primary key,
  actor_id uuid,
  target_user_id uuid,
  action text not null,
  outcome text not null constraint audit_logs_outcome_is_known check (outcome in ('success', 'failure')),
  reason text,
  details jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.audit_logs is
  'Who did what to whom, whether it worked, and why. Append-only, and without foreign keys: it outlives the rows it is about.';

create index audit_logs_target_idx on public.audit_logs (target_user_id, id desc);
create index audit_logs_newest_idx on public.audit_logs (created_at, id);
create index audit_logs_replays_idx on public.audit_logs ((details ->> 'event_id')) where action = 'event.replay';
create index audit_logs_customers_idx
on public.audit_logs (created_at)
where action = 'customer.link' and outcome = 'failure';

create trigger audit_logs_append_only
before update or delete on public.audit_logs
for each row execute function private.refuse_change();

create trigger audit_logs_no_truncate
before truncate on public.audit_logs
for each statement execute function private.refuse_change();

insert into private.personal_data (table_name, owned_by, columns)
values (
  'audit_logs',
  'target_user_id = $1',
  '{
    "reason": null,
    "details": [
      "code", "amount", "currency", "balance", "required", "shortfall", "credit_type", "tier", "required_tier", "expires_at",
      "transaction_id", "reverses", "payment_id", "refund_id", "event_id", "action"
    ]
  }'
);

create table public.audit_refusals (
  target_user_id uuid not null,
  action text not null,
  code text not null,
  hour timestamptz not null,
  reason text not null,
  repeats bigint not null default 0,
  last_refused_at timestamptz not null default clock_timestamp(),
  primary key (target_user_id, action, code, hour)
);
comment on table public.audit_refusals is
  'How often a user was refused the same thing within an hour. The first refusal is a row of audit_logs; the repeats are counted here, so that nobody can fill the log.';

create index audit_refusals_newest_idx on public.audit_refusals (last_refused_at desc) where repeats > 0;

create function private.refuse(
  p_audit_action text,
  p_user_id uuid,
  p_code text,
  p_message text,
  p_details jsonb default '{}',
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  is_repeated boolean := false;
begin
  -- What an admin tried, and why, is kept each time.
  if p_actor_id is null and p_user_id is not null then
    insert into public.audit_refusals as counted (target_user_id, action, code, hour, reason)
    values (p_user_id, p_audit_action, p_code, date_trunc('hour', clock_timestamp(), 'UTC'), p_message)
    on conflict (target_user_id, action, code, hour) do update
    set
      repeats = counted.repeats + 1,
      reason = excluded.reason,
      last_refused_at = clock_timestamp()
    returning counted.repeats > 0 into is_repeated;
  end if;
  if not is_repeated then
    insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
    values (p_actor_id, p_user_id, p_audit_action, 'failure', p_message, p_details || jsonb_build_object('code', p_code));
  end if;
  return p_details || jsonb_build_object('ok', false, 'code', p_code, 'message', p_message);
end
$$;
comment on function private.refuse is
  'The result of an expected refusal, {ok: false, code, message, …details}, after a row in the audit log, or one more repeat of it. A function that returns it has changed nothing else.';

create function private.refuse_unless_admin(
  p_audit_action text,
  p_user_id uuid,
  p_actor_id uuid,
  p_details jsonb default '{}'
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if private.has_admin_role(p_actor_id) and not private.is_banned(p_actor_id) then
    return null;
  end if;
  return private.refuse(p_audit_action, p_user_id, 'forbidden', 'Only an admin may do this.', p_details, p_actor_id);
end
$$;
comment on function private.refuse_unless_admin is
  'The refusal for an actor who is no admin; null for one who is, and is not banned. Every function that acts in the name of an admin begins with it.';

create function private.refuse_without_reason(
  p_audit_action text,
  p_user_id uuid,
  p_reason text,
  p_actor_id uuid,
  p_details jsonb default '{}'
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if char_length(btrim(coalesce(p_reason, ''))) between 3 and 500 then
    return null;
  end if;
  return private.refuse(
    p_audit_action, p_user_id, 'reason_required', 'Give a reason of 3 to 500 characters.', p_details, p_actor_id
  );
end
$$;
comment on function private.refuse_without_reason is 'The refusal for an admin who gives no reason; null for one who does.';

create function private.refuse_caller(p_audit_action text, p_user_id uuid, p_caller jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  -- What the product does by itself, in a job or a script, says what it is.
  if p_caller ->> 'internal' <> '' or private.is_live_session(p_user_id, (p_caller ->> 'session_id')::uuid) then
    return null;
  end if;
  return private.refuse(
    p_audit_action, p_user_id, 'session_ended', 'Your session has ended. Sign in again to continue.'
  );
end
$$;
comment on function private.refuse_caller is
  'The refusal for a call that neither a live session of the user ({"session_id": …}) nor the product itself ({"internal": what for}) makes; null for one that may go on. A caller that says neither is refused.';

alter table public.audit_logs enable row level security;
alter table public.audit_refusals enable row level security;

create policy "admins read the audit log"
on public.audit_logs for select to authenticated
using ((select private.is_admin()));

grant select on public.audit_logs to authenticated, service_role;

create policy "admins read repeated refusals"
on public.audit_refusals for select to authenticated
using ((select private.is_admin()));

grant select on public.audit_refusals to authenticated, service_role;

-- Credit types, and one wallet per user and type.

create table public.credit_types (
  id text primary key constraint credit_types_id_is_a_slug check (id ~ '^[a-z][a-z0-9_]{0,39}$'),
  name text not null constraint credit_types_name_is_bounded check (char_length(name) between 1 and 40),
  unit text,
  unit_plural text,
  color text not null default 'brand',
  sort_order integer not null default 1,
  signup_bonus bigint not null default 0
    constraint credit_types_signup_bonus_in_range check (signup_bonus between 0 and 1000000),
  rate_requests integer,
  rate_seconds integer,
  created_at timestamptz not null default now(),
  constraint credit_types_unit_has_both_forms check ((unit is null) = (unit_plural is null)),
  constraint credit_types_unit_is_bounded
    check (char_length(unit) between 1 and 40 and char_length(unit_plural) between 1 and 40),
  constraint credit_types_color_is_known check (color in ('brand', 'blue', 'violet', 'pink', 'orange', 'teal')),
  constraint credit_types_rate_is_whole check ((rate_requests is null) = (rate_seconds is null)),
  constraint credit_types_rate_is_positive check (least(rate_requests, rate_seconds) > 0)
);
comment on table public.credit_types is
  'The kinds of credits this product has, and what its pages call them. The first by sort_order is the one that pages show when nothing else decides.';
comment on column public.credit_types.unit is
  'One of them, as in "calling minute", and unit_plural several. Null for "<id> credit".';
comment on column public.credit_types.color is 'The color that marks this wallet on every page.';
comment on column public.credit_types.rate_requests is
  'How many runs a user may start that this wallet pays, whichever the tools: so many at once, renewed over rate_seconds. Null for any number. Each tool''s own limit holds beside it.';
comment on column public.credit_types.signup_bonus is 'Credits every new user gets once the e-mail address is confirmed.';

-- The engine itself relies on this one.
insert into public.credit_types (id, name, unit, unit_plural, sort_order, signup_bonus)
values ('general', 'Credits', 'credit', 'credits', 0, 100);

create table public.credits (
  user_id uuid not null references public.profiles (id) on delete cascade,
  credit_type text not null default 'general' references public.credit_types (id),
  balance bigint not null default 0,
  total_purchased bigint not null default 0,
  total_used bigint not null default 0,
  debt bigint not null default 0,
  version bigint not null default 0,
  next_expiry_at timestamptz,
  low_balance_threshold bigint default 20,
  lower_thresholds bigint[],
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, credit_type),
  -- One short constraint, since every statement that writes parses it again. Totals may pass the largest balance once
  -- credits have expired; a bigint holds them.
  constraint credits_in_range check (
    least(balance, total_purchased, total_used, debt, low_balance_threshold) >= 0 and balance <= 9007199254740991
    and cardinality(lower_thresholds) <= 2
  )
);
comment on table public.credits is
  'One wallet per user and credit type. Changed by the functions of the engine alone, one ledger row per change.';
comment on column public.credits.version is
  'Grows by one with every ledger row, and is the seq of the last one: readers drop what is not newer.';
comment on column public.credits.next_expiry_at is
  'When the next credits of this wallet expire; null when none do, and the engine need not look for grants.';
comment on column public.credits.low_balance_threshold is
  'A mail goes out when the balance falls below this; null for none. Kept here because every charge reads this row anyway.';
comment on column public.credits.lower_thresholds is
  'Up to two further thresholds, each below the one before; null for none.';
comment on column public.credits.debt is
  'Credits of payments that were taken back but had been spent. Credits that come in repay it first, so a wallet with a debt is empty.';
comment on column public.credits.total_purchased is 'Credits ever bought, once or by subscription.';
comment on column public.credits.total_used is 'Credits spent on tools, less what was refunded.';

create index credits_credit_type_idx on public.credits (credit_type);
-- Admin pages find who owes. No charge changes it.
create index credits_debt_idx on public.credits (user_id) where debt > 0;
create index credits_next_expiry_idx on public.credits (next_expiry_at) where next_expiry_at is not null;

-- Every operation that changes a wallet locks it, then answers a replay, refuses, or posts through private.post_transaction.

-- Functions that every charge calls are PL/pgSQL, which caches its plans; Postgres plans an SQL function at every call.

create function private.lock_wallet(p_user_id uuid, p_credit_type text)
returns public.credits
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits;
begin
  select * into wallet
  from public.credits
  where user_id = p_user_id
  and credit_type = p_credit_type
  for no key update;
  return wallet;
end
$$;
comment on function private.lock_wallet is
  'The wallet, locked until the transaction ends; all null if there is none. Look idempotency keys up after it, in a new statement: only that one sees what the last holder of the lock wrote.';

create function private.open_wallet(p_user_id uuid, p_credit_type text, p_audit_action text)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from public.profiles where id = p_user_id) then
    return private.refuse(p_audit_action, p_user_id, 'user_not_found', 'There is no such user.');
  end if;
  if not exists (select from public.credit_types where id = p_credit_type) then
    return private.refuse(p_audit_action, p_user_id, 'unknown_credit_type', 'There is no such credit type.');
  end if;
  insert into public.credits (user_id, credit_type)
  values (p_user_id, p_credit_type)
  on conflict do nothing;
  return null;
end
$$;
comment on function private.open_wallet is 'Creates the wallet if it is missing. Returns null, or a refusal for an unknown user or credit type.';

alter table public.credit_types enable row level security;
alter table public.credits enable row level security;

create policy "everyone reads the credit types"
on public.credit_types for select to anon, authenticated
using (true);

create policy "people read their own wallets, admins every one"
on public.credits for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.credit_types to anon, authenticated, service_role;
grant select on public.credits to authenticated, service_role;

alter publication supabase_realtime add table public.credits;

-- The product's own mails. A function that moves money queues its mail in the same transaction, so a mail exists
-- exactly when its cause was committed. The server sends what is due and retries what could not be sent.

create table public.mails (
  id bigint generated always as identity primary key,
  user_id uuid not null references public.profiles (id) on delete cascade,
  kind text not null,
  business_key text not null,
  recipient text,
  data jsonb not null,
  status text not null default 'waiting',
  attempts integer not null default 0,
  error text,
  next_attempt_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  constraint mails_kind_is_known check (kind in (
    'receipt', 'refund', 'dispute', 'plan_started', 'plan_changed', 'plan_cancelled', 'renewal_failed',
    'password_changed', 'email_changed', 'low_balance', 'expiring_credits', 'key_budget', 'welcome'
  )),
  constraint mails_business_key_is_unique unique (business_key),
  constraint mails_business_key_is_bounded check (char_length(business_key) between 1 and 255),
  constraint mails_status_is_known check (status in ('waiting', 'sent', 'failed')),
  constraint mails_sent_has_time check ((status = 'sent') = (sent_at is not null))
);
comment on table public.mails is 'The outbox: one row per mail, by what it is about. Kept once sent.';
comment on column public.mails.business_key is 'What the mail is about, such as receipt:<payment>, so nobody gets it twice.';
comment on column public.mails.recipient is
  'Where it goes, when that is not the address of the account: the one it had before. Null for the address of the account.';
comment on column public.mails.data is 'The values of the mail, as of when it was queued. Its text is written when it is sent.';
comment on column public.mails.next_attempt_at is 'When it is due. claim_mails moves it on before the mail is sent.';

insert into private.personal_data (table_name, owned_by, columns)
values ('mails', 'user_id = $1', '{"data": [], "error": null, "recipient": null}');

create index mails_due_idx on public.mails (next_attempt_at) where status = 'waiting';
create index mails_user_idx on public.mails (user_id, created_at desc);

create function private.is_wanted(p_profile public.profiles, p_kind text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select case p_kind when 'welcome' then 'product' else p_kind end <> all (p_profile.unwanted_mails)
$$;
comment on function private.is_wanted is
  'Whether somebody wants a kind of mail. Those about money and the account are no choice: set_mail_wanted refuses them.';

create function private.queue_mail(p_user_id uuid, p_kind text, p_key text, p_data jsonb, p_recipient text default null)
returns void
language sql
set search_path = ''
as $$
  insert into public.mails (user_id, kind, business_key, data, recipient)
  select p_user_id, p_kind, p_key, p_data, p_recipient
  from public.profiles p
  where p.id = p_user_id
  and p.closed_at is null
  and private.is_wanted(p, p_kind)
  on conflict (business_key) do nothing
$$;
comment on function private.queue_mail is
  'Queues a mail, once per key, unless the account is closed or its owner does not want this kind. Call it in the transaction that causes the mail.';

create function public.set_mail_wanted(p_user_id uuid, p_choice text, p_wanted boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'mails.choose';
begin
  if p_wanted is null or (p_choice in ('low_balance', 'expiring_credits', 'key_budget', 'product')) is not true then
    return private.refuse(audit_action, p_user_id, 'unknown_mail', 'There is no choice about this mail.');
  end if;
  update public.profiles
  set unwanted_mails = array_remove(unwanted_mails, p_choice) || case when p_wanted then '{}' else array[p_choice] end
  where id = p_user_id
  and closed_at is null;
  if not found then
    return private.refuse(audit_action, p_user_id, 'user_not_found', 'There is no such user.');
  end if;
  -- What waits already is not wanted either.
  delete from public.mails m
  using public.profiles p
  where p.id = p_user_id
  and m.user_id = p.id
  and m.status = 'waiting'
  and m.attempts = 0
  and not private.is_wanted(p, m.kind);
  return jsonb_build_object('ok', true, 'wanted', p_wanted);
end
$$;
comment on function public.set_mail_wanted is
  'Switches a kind of mail on or off for a user. Mails about money and the account cannot be switched off.';

create function public.claim_mails(p_limit integer default 20)
returns table (id bigint, kind text, data jsonb, email text, name text, time_zone text)
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Pauses between attempts. The first is also how long a process has to send what it claimed.
  pauses constant interval[] := array['1 minute', '5 minutes', '30 minutes', '2 hours', '6 hours', '12 hours', '1 day'];
begin
  return query
  with due as (
    select m.id
    from public.mails m
    where m.status = 'waiting'
    and m.next_attempt_at <= clock_timestamp()
    order by m.next_attempt_at
    limit p_limit
    for update skip locked
  ),
  claimed as (
    update public.mails m
    set
      attempts = m.attempts + 1,
      next_attempt_at = clock_timestamp() + pauses[least(m.attempts + 1, cardinality(pauses))]
    from due
    where m.id = due.id
    returning m.id, m.kind, m.data, m.user_id, m.recipient
  )
  select c.id, c.kind, c.data, coalesce(c.recipient, p.email), p.name, p.time_zone
  from claimed c
  join public.profiles p on p.id = c.user_id
  order by c.id;
end
$$;
comment on function public.claim_mails is
  'Claims mails that are due, each for one caller. A mail is due again, later each time, until finish_mail ends it, so a process that dies loses none.';

create function public.finish_mail(p_id bigint, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  max_attempts constant integer := 8;
  new_status text;
begin
  update public.mails
  set
    status = case when p_error is null then 'sent' when attempts >= max_attempts then 'failed' else status end,
    error = left(p_error, 2000),
    sent_at = case when p_error is null then clock_timestamp() end
  where id = p_id
  and status <> 'sent'
  returning status into new_status;
  return jsonb_build_object('ok', true, 'changed', found, 'status', new_status);
end
$$;
comment on function public.finish_mail is
  'Records that a claimed mail was sent, or why not: it is retried, and after the eighth attempt it has failed.';

alter table public.mails enable row level security;

create policy "admins read the mails"
on public.mails for select to authenticated
using ((select private.is_admin()));

grant select on public.mails to authenticated, service_role;
grant execute on function public.set_mail_wanted, public.claim_mails, public.finish_mail to service_role;

-- The mails about a balance that falls low: up to three thresholds a wallet, each told of once until the balance is above
-- it again.

create function private.queue_low_balance_mail(p_wallet public.credits, p_balance bigint)
returns void
language plpgsql
set search_path = ''
as $$
declare
  thresholds constant bigint[] := p_wallet.low_balance_threshold || p_wallet.lower_thresholds;
  crossed bigint[];
begin
  if p_balance < p_wallet.balance then
    select array_agg(threshold order by threshold) into crossed
    from unnest(thresholds) threshold
    where threshold > p_balance
    and threshold <= p_wallet.balance;
  else
    -- Back above before the mail went out, as when a failed run is refunded: nothing to report, but for a threshold that
    -- the same charge crossed and that the balance is still below.
    with obsolete as (
      delete from public.mails
      where user_id = p_wallet.user_id
      and kind = 'low_balance'
      and data ->> 'credit_type' = p_wallet.credit_type
      and (data ->> 'threshold')::bigint <= p_balance
      and status = 'waiting'
      and attempts = 0
      returning data
    )
    select array_agg(threshold::bigint order by threshold::bigint) into crossed
    from obsolete, jsonb_array_elements_text(data -> 'crossed') threshold
    where threshold::bigint > p_balance
    and threshold::bigint = any (thresholds);
  end if;
  if crossed is null or exists (
    select from public.mails
    where user_id = p_wallet.user_id
    and kind = 'low_balance'
    and data ->> 'credit_type' = p_wallet.credit_type
    and (data ->> 'threshold')::bigint <= crossed[1]
    and created_at > clock_timestamp() - interval '1 day'
  ) then
    return;
  end if;
  perform private.queue_mail(
    p_wallet.user_id,
    'low_balance',
    format('low_balance:%s:%s:%s', p_wallet.user_id, p_wallet.credit_type, p_wallet.version + 1),
    jsonb_build_object('balance', p_balance, 'threshold', crossed[1], 'credit_type', p_wallet.credit_type)
      || case when cardinality(crossed) > 1 then jsonb_build_object('crossed', crossed) else '{}' end
  );
end
$$;
comment on function private.queue_low_balance_mail is
  'Called when the balance of a locked wallet (p_wallet, as it was before) may cross a threshold. Down: emails the user about the lowest one crossed, unless a mail of the last day was about that one or a lower one; the lock guarantees it for concurrent charges too. Up: deletes the mail if it is still unsent.';

create function public.set_low_balance_thresholds(
  p_user_id uuid,
  p_thresholds bigint[],
  p_credit_type text default 'general'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.set_threshold';
  max_thresholds constant integer := 3;
  thresholds bigint[];
  refused jsonb;
begin
  if exists (
    select from unnest(p_thresholds) threshold where (threshold between 0 and private.max_amount()) is not true
  ) then
    return private.refuse(
      audit_action, p_user_id, 'invalid_amount', 'A threshold must be zero or more credits. Set none for no mail.'
    );
  end if;
  select coalesce(array_agg(distinct threshold order by threshold desc), '{}') into thresholds
  from unnest(p_thresholds) threshold;
  if cardinality(thresholds) > max_thresholds then
    return private.refuse(
      audit_action, p_user_id, 'invalid_amount', format('A wallet can have up to %s thresholds.', max_thresholds)
    );
  end if;
  refused := private.open_wallet(p_user_id, p_credit_type, audit_action);
  if refused is not null then
    return refused;
  end if;
  update public.credits
  set low_balance_threshold = thresholds[1], lower_thresholds = nullif(thresholds[2:], '{}')
  where user_id = p_user_id
  and credit_type = p_credit_type;
  return jsonb_build_object('ok', true, 'threshold', thresholds[1], 'thresholds', thresholds);
end
$$;
comment on function public.set_low_balance_thresholds is
  'Sets the balances of a wallet, up to three, below each of which its owner is emailed; none for never.';

create function public.set_low_balance_threshold(
  p_user_id uuid,
  p_threshold bigint default null,
  p_credit_type text default 'general'
)
returns jsonb
language sql
security definer
set search_path = ''
as $$
  select public.set_low_balance_thresholds(p_user_id, array_remove(array[p_threshold], null), p_credit_type)
$$;
comment on function public.set_low_balance_threshold is
  'Sets the one balance of a wallet below which its owner is emailed; null for never.';

grant execute on function public.set_low_balance_thresholds, public.set_low_balance_threshold to service_role;

-- The append-only ledger: one row per change of a balance.

create table public.credit_transactions (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  credit_type text not null,
  seq bigint not null,
  type text not null,
  amount bigint not null,
  balance_before bigint not null,
  balance_after bigint not null,
  debt_change bigint,
  action text,
  description text,
  reference_id text,
  reference_type text,
  reverses bigint references public.credit_transactions (id),
  burned_grants jsonb,
  idempotency_key text,
  request_hash text,
  actor_id uuid,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  constraint credit_transactions_wallet_exists
    foreign key (user_id, credit_type) references public.credits (user_id, credit_type) on delete restrict,
  constraint credit_transactions_seq_is_gapless unique (user_id, credit_type, seq),
  constraint credit_transactions_key_is_used_once unique (user_id, idempotency_key)
);
comment on table public.credit_transactions is
  'The ledger. Append-only: the sum of a wallet''s amounts is its balance, and each row starts where the last one ended.';
comment on column public.credit_transactions.seq is 'Position in the wallet''s history, from 1 without a gap.';
comment on column public.credit_transactions.amount is 'Whole credits: positive in, negative out.';
comment on column public.credit_transactions.debt_change is
  'For rows of a payment taken back: what became of the wallet''s debt, in credits; else null.';
comment on column public.credit_transactions.reverses is
  'For a refund: the deduction it gives back. For a clawback or its reversal: the granting transaction of the payment that was taken back.';
comment on column public.credit_transactions.burned_grants is
  'For credits taken: which expiring grants they came from, in order, as [{"grant": id, "amount": credits}]; the rest had no expiry.';
comment on column public.credit_transactions.request_hash is 'What the idempotency key was first used for.';

insert into private.personal_data (table_name, owned_by, columns)
values (
  'credit_transactions',
  'user_id = $1',
  '{"description": null, "metadata": ["price", "prices", "tier", "rule", "continues", "restored_to_grant"]}'
);

create index credit_transactions_reverses_idx on public.credit_transactions (reverses) where reverses is not null;

-- Most rows are deductions. This finds the few others of a long history and costs a charge nothing.
create index credit_transactions_rare_types_idx
on public.credit_transactions (user_id, credit_type, type, seq)
where type <> 'deduction';

-- For the audit trail, newest first. It grows at its end alone, which costs a charge about a microsecond.
create index credit_transactions_newest_idx on public.credit_transactions (created_at, id);
-- For the figures of some days, which are those of UTC. A BRIN index costs a charge next to nothing.
create index credit_transactions_utc_days_idx
on public.credit_transactions using brin (((created_at at time zone 'UTC')::date));

create trigger credit_transactions_append_only
before update or delete on public.credit_transactions
for each row execute function private.refuse_change();

create trigger credit_transactions_no_truncate
before truncate on public.credit_transactions
for each statement execute function private.refuse_change();

create function private.is_valid_entry(p_entry public.credit_transactions)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_entry.balance_before < 0
    or p_entry.balance_after < 0
    or p_entry.balance_before + p_entry.amount <> p_entry.balance_after
    or char_length(p_entry.idempotency_key) not between 1 and 255 then
    return false;
  end if;
  -- First, because most rows are deductions.
  if p_entry.type = 'deduction' then
    return p_entry.amount < 0 and p_entry.reverses is null;
  end if;
  return (p_entry.type in ('refund', 'clawback', 'clawback_reversal')) = (p_entry.reverses is not null)
  and case p_entry.type
    when 'refund' then p_entry.amount > 0
    when 'purchase' then p_entry.amount > 0
    when 'subscription_grant' then p_entry.amount > 0
    when 'signup_bonus' then p_entry.amount > 0
    when 'promotion' then p_entry.amount > 0
    when 'expiry' then p_entry.amount < 0
    when 'clawback' then p_entry.amount <= 0 and p_entry.debt_change >= 0
    when 'clawback_reversal' then p_entry.amount >= 0 and p_entry.debt_change <= 0
    when 'debt_repayment' then p_entry.amount < 0 and p_entry.debt_change = p_entry.amount
    else p_entry.type = 'admin_adjustment' and p_entry.amount <> 0
  end;
end
$$;
comment on function private.is_valid_entry is
  'Whether a ledger row adds up and its amount, debt and what it reverses fit its type. An unknown type fits nothing.';

create function private.transaction_result(p_entry public.credit_transactions, p_replayed boolean)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'ok', true,
    'transaction_id', p_entry.id,
    'credit_type', p_entry.credit_type,
    'amount', p_entry.amount,
    'balance', p_entry.balance_after,
    'version', p_entry.seq,
    'replayed', p_replayed
  );
end
$$;
comment on function private.transaction_result is
  'The result of a change: {ok: true, transaction_id, credit_type, amount, balance, version, replayed}, as of that ledger row.';

create function private.find_replay(p_user_id uuid, p_idempotency_key text, p_request_hash text, p_audit_action text)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  earlier public.credit_transactions;
begin
  select * into earlier
  from public.credit_transactions
  where user_id = p_user_id
  and idempotency_key = p_idempotency_key;
  if not found then
    return null;
  end if;
  if earlier.request_hash is distinct from p_request_hash then
    return private.refuse(
      p_audit_action, p_user_id, 'idempotency_conflict', 'This idempotency key was already used for another request.'
    );
  end if;
  return private.transaction_result(earlier, true);
end
$$;
comment on function private.find_replay is
  'The first result of a used idempotency key, or a conflict if the request differs; null if the key is new. Call it with the wallet locked.';

create function private.refuse_insufficient(
  p_audit_action text,
  p_user_id uuid,
  p_credit_type text,
  p_balance bigint,
  p_required bigint
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.refuse(
    p_audit_action,
    p_user_id,
    'insufficient_credits',
    format('This takes %s credits, and the balance is %s.', p_required, p_balance),
    jsonb_build_object(
      'balance', p_balance,
      'required', p_required,
      'shortfall', p_required - p_balance,
      'credit_type', p_credit_type
    )
  )
$$;
comment on function private.refuse_insufficient is 'The refusal of a charge the wallet cannot pay, with the wallet and the shortfall.';

create function private.refunded(p_transaction_id bigint)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(amount), 0) from public.credit_transactions where reverses = p_transaction_id
$$;
comment on function private.refunded is 'Credits of a deduction that were given back so far.';

-- A function keeps its expressions parsed for the session. As plain constraints, the same rules would be parsed by every
-- insert, which took a fifth of a charge.
alter table public.credit_transactions add constraint credit_transactions_entry_is_valid
check (private.is_valid_entry(credit_transactions));

alter table public.credit_transactions enable row level security;

create policy "people read their own ledger, admins every one"
on public.credit_transactions for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.credit_transactions to authenticated, service_role;

-- Credits that expire. A wallet whose next_expiry_at is null has none, and nothing here runs for it.

create table public.credit_grants (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  credit_type text not null,
  transaction_id bigint not null references public.credit_transactions (id),
  amount bigint not null constraint credit_grants_amount_positive check (amount > 0),
  remaining bigint not null,
  priority integer not null default 0,
  expires_at timestamptz not null,
  source text,
  created_at timestamptz not null default clock_timestamp(),
  constraint credit_grants_transaction_is_unique unique (transaction_id),
  constraint credit_grants_remaining_in_range check (remaining between 0 and amount),
  constraint credit_grants_wallet_exists
    foreign key (user_id, credit_type) references public.credits (user_id, credit_type) on delete restrict
);
comment on table public.credit_grants is
  'Credits that expire. They are spent before credits that do not: by priority (lower first), then soonest expiry, then oldest.';
comment on column public.credit_grants.remaining is 'Credits of the grant neither spent nor expired.';

create index credit_grants_burn_order_idx
on public.credit_grants (user_id, credit_type, priority, expires_at, id)
where remaining > 0;

create function private.next_expiry(p_user_id uuid, p_credit_type text)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select min(expires_at)
  from public.credit_grants
  where user_id = p_user_id
  and credit_type = p_credit_type
  and remaining > 0
$$;
comment on function private.next_expiry is 'When the next credits of a wallet expire.';

create function private.available_balance(p_wallet public.credits, p_at timestamptz default clock_timestamp())
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_wallet.next_expiry_at is null or p_wallet.next_expiry_at > p_at then
    return p_wallet.balance;
  end if;
  return p_wallet.balance - (
    select coalesce(sum(g.remaining), 0)
    from public.credit_grants g
    where g.user_id = p_wallet.user_id
    and g.credit_type = p_wallet.credit_type
    and g.remaining > 0
    and g.expires_at <= p_at
  );
end
$$;
comment on function private.available_balance is
  'The balance less the credits that have expired but whose expiry is not posted yet. An operation that checks and then debits does both with one timestamp, since credits may expire in between.';

create function private.burn_grants(p_wallet public.credits, p_amount bigint)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  left_to_burn bigint := p_amount;
  burned jsonb := '[]';
  next_grant record;
  share bigint;
begin
  if p_wallet.next_expiry_at is null then
    return null;
  end if;
  for next_grant in
    select id, remaining
    from public.credit_grants
    where user_id = p_wallet.user_id
    and credit_type = p_wallet.credit_type
    and remaining > 0
    order by priority, expires_at, id
  loop
    exit when left_to_burn = 0;
    share := least(next_grant.remaining, left_to_burn);
    update public.credit_grants set remaining = remaining - share where id = next_grant.id;
    burned := burned || jsonb_build_object('grant', next_grant.id, 'amount', share);
    left_to_burn := left_to_burn - share;
  end loop;
  return burned;
end
$$;
comment on function private.burn_grants is
  'Burns an amount of a locked wallet''s grants in their order and returns which; the rest comes from credits without expiry.';

create function private.restore_grants(p_burned jsonb, p_total bigint, p_already bigint, p_amount bigint)
returns void
language plpgsql
set search_path = ''
as $$
declare
  burn record;
  burn_from bigint := 0;
  back_from bigint := p_total - p_already - p_amount;
  back_to bigint := p_total - p_already;
  share bigint;
begin
  for burn in
    select (b ->> 'grant')::bigint as id, (b ->> 'amount')::bigint as amount
    from jsonb_array_elements(coalesce(p_burned, '[]')) with ordinality as t (b, position)
    order by position
  loop
    share := least(burn_from + burn.amount, back_to) - greatest(burn_from, back_from);
    if share > 0 then
      update public.credit_grants set remaining = remaining + share where id = burn.id;
    end if;
    burn_from := burn_from + burn.amount;
  end loop;
end
$$;
comment on function private.restore_grants is
  'Puts the last p_amount credits of a deduction (after p_already refunded ones) back where they came from, as if they had never been spent. A grant that has expired meanwhile expires again at once: a hold never extends the life of credits.';

alter table public.credit_grants enable row level security;

create policy "people read their own grants, admins every one"
on public.credit_grants for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.credit_grants to authenticated, service_role;

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

-- What the runs of a key cost, and how much they may.

create table public.api_key_usage (
  api_key_id bigint not null references public.api_keys (id) on delete cascade,
  credit_type text not null references public.credit_types (id),
  day date not null,
  used bigint not null constraint api_key_usage_not_negative check (used >= 0),
  primary key (api_key_id, credit_type, day)
);
comment on table public.api_key_usage is
  'Credits that the runs of a key took, by the UTC day they were taken; what is given back is taken off that day again. Written under the lock of the wallet that pays.';

create index api_key_usage_credit_type_idx on public.api_key_usage (credit_type);

create view public.api_key_budgets with (security_invoker = true) as
select
  k.id as api_key_id,
  k.owner_id,
  t.id as credit_type,
  b.period,
  b.budget,
  coalesce(u.used, 0)::bigint as used,
  greatest(b.budget - coalesce(u.used, 0), 0)::bigint as remaining,
  b.resets_at
from public.api_keys k
cross join public.credit_types t
cross join lateral (select date_trunc('day', clock_timestamp(), 'UTC') as today, date_trunc('month', clock_timestamp(), 'UTC') as month) n
cross join lateral (
  values
    ('day', k.budget_per_day, n.today, n.today + interval '1 day'),
    ('month', k.budget_per_month, n.month, (n.month at time zone 'UTC' + interval '1 month') at time zone 'UTC'),
    ('total', k.budget_total, null, null)
) b (period, budget, since, resets_at)
cross join lateral (
  select sum(s.used) as used
  from public.api_key_usage s
  where s.api_key_id = k.id
  and s.credit_type = t.id
  and (b.since is null or s.day >= (b.since at time zone 'UTC')::date)
) u
where b.budget is not null;
comment on view public.api_key_budgets is
  'The budgets of each key with what is used and what is left, for each credit type. What a charge is checked against, too.';

create function private.refuse_over_budget(
  p_audit_action text,
  p_api_key_id bigint,
  p_credit_type text,
  p_amount bigint
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  budget record;
begin
  select * into budget
  from public.api_key_budgets
  where api_key_id = p_api_key_id
  and credit_type = p_credit_type
  and remaining < p_amount
  -- The one that lasts longest: waiting for another would not help.
  order by resets_at desc nulls first
  limit 1;
  if not found then
    return null;
  end if;
  return private.refuse(
    p_audit_action, budget.owner_id, 'budget_exceeded',
    format(
      'This takes %s credits, and the budget of this API key has %s left %s.', p_amount, budget.remaining,
      case budget.period when 'day' then 'today' when 'month' then 'this month' else 'in total' end
    ),
    jsonb_build_object(
      'required', p_amount, 'remaining', budget.remaining, 'budget', budget.budget, 'period', budget.period,
      'resets_at', budget.resets_at
    )
  );
end
$$;
comment on function private.refuse_over_budget is
  'The refusal of a charge that a budget of the key does not cover; null for one that all cover. Call it with the wallet locked.';

create function private.count_key_usage(p_api_key_id bigint, p_credit_type text, p_amount bigint, p_at timestamptz)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- Never below zero: what insert proposes is checked before the conflict is seen.
  insert into public.api_key_usage as kept (api_key_id, credit_type, day, used)
  values (p_api_key_id, p_credit_type, (p_at at time zone 'UTC')::date, greatest(p_amount, 0))
  on conflict (api_key_id, credit_type, day) do update
  set used = kept.used + p_amount;
  if p_amount > 0 then
    perform private.queue_mail(
      b.owner_id,
      'key_budget',
      -- Once for each budget, period and threshold.
      format(
        'key_budget:%s:%s:%s:%s:%s:%s', b.api_key_id, b.credit_type, b.period, b.budget, coalesce(b.resets_at::date::text, 'ever'), t.percent
      ),
      jsonb_build_object(
        'key_name', k.name, 'percent', t.percent, 'period', b.period, 'budget', b.budget, 'used', b.used,
        'credit_type', b.credit_type
      )
    )
    from public.api_key_budgets b
    join public.api_keys k on k.id = b.api_key_id
    cross join lateral (
      select max(percent) as percent
      from unnest(array[50, 80, 90, 100]) percent
      -- Compared so that no budget overflows; only what this charge has crossed.
      where b.used >= b.budget::numeric * percent / 100
      and b.used - p_amount < b.budget::numeric * percent / 100
    ) t
    where b.api_key_id = p_api_key_id
    and b.credit_type = p_credit_type
    and t.percent is not null;
  end if;
end
$$;
comment on function private.count_key_usage is
  'Counts what a key spent (or, below zero, what a run gave back) on the day it was taken, and emails its owner when a budget is used to 50, 80, 90 and 100 percent: each once, and the highest alone when several are crossed. Call it with the wallet locked.';

alter table public.api_key_usage enable row level security;

create policy "people read what their own keys used, admins all"
on public.api_key_usage for select to authenticated
using (exists (select from public.api_keys k where k.id = api_key_id));

grant select on public.api_key_usage, public.api_key_budgets to authenticated, service_role;

-- Every run of a tool. Its credits are in credit_holds, which a run ends together with itself.

create function private.is_valid_run(
  p_source text,
  p_status text,
  p_charged bigint,
  p_retention interval,
  p_finished_at timestamptz,
  p_purge_at timestamptz
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- Apart: an expression is set up once a transaction, at a cost that grows with its length.
  if p_finished_at is null then
    if p_purge_at is not null or p_status not in ('queued', 'running') then
      return false;
    end if;
  elsif p_purge_at is null or p_status not in ('succeeded', 'failed', 'aborted', 'expired') then
    return false;
  end if;
  return p_source in ('page', 'api_key', 'mcp')
    and p_charged >= 0
    and p_retention between interval '0' and interval '366 days';
end
$$;
comment on function private.is_valid_run is
  'Whether the fields of a run fit each other: known words, a charge, a bounded retention, and times once it has ended.';

create table public.runs (
  id bigint generated always as identity primary key,
  user_id uuid not null,
  credit_type text not null,
  tool text not null,
  api_key_id bigint references public.api_keys (id),
  source text not null default 'page',
  input jsonb,
  full_input jsonb,
  status text not null default 'running',
  progress jsonb,
  charged bigint not null default 0,
  stored_response jsonb,
  retention interval not null default '1 day',
  created_at timestamptz not null default clock_timestamp(),
  cancel_requested_at timestamptz,
  finished_at timestamptz,
  purge_at timestamptz,
  earliest_purge_at timestamptz,
  deleted_at timestamptz,
  -- Few and short constraints, since every statement that writes parses them again.
  constraint runs_entry_is_valid check (private.is_valid_run(source, status, charged, retention, finished_at, purge_at)),
  constraint runs_content_is_bounded check (
    pg_column_size(input) <= 16384 and pg_column_size(full_input) <= 524288 and pg_column_size(progress) <= 4096
    and pg_column_size(stored_response) <= 1048576
  ),
  constraint runs_wallet_exists
    foreign key (user_id, credit_type) references public.credits (user_id, credit_type) on delete restrict
)
-- A run ends within its page, with no index touched: there is room for that version, and no index has what it changes.
with (fillfactor = 60);
comment on table public.runs is
  'Every run of a tool: what it was asked, how it ended and what it cost. Queued: it waits for a worker; aborted: it was canceled, its client left or its time ran out; expired: its server died.';
comment on column public.runs.tool is 'The id of the tool, which is also the action of its ledger rows.';
comment on column public.runs.source is 'By what the run came: the page of its tool, a key of the API, or MCP.';
comment on column public.runs.input is 'What was asked, shortened for lists; files by their names.';
comment on column public.runs.full_input is
  'What was asked, as it was sent: to run it in the background and to repeat it. Null when it has files or is too long.';
comment on column public.runs.progress is 'How far the run has come, until it ends.';
comment on column public.runs.retention is 'How long after its end the inputs and the stored response are kept.';
comment on column public.runs.purge_at is 'When they are deleted; null until the run ends.';
comment on column public.runs.earliest_purge_at is
  'What purge_at would be if the run had ended at once; null when they are deleted. Known from the beginning, so that an index finds what is due.';
comment on column public.runs.deleted_at is 'When its user deleted it: it is in no list any more. The ledger and its holds stay.';
comment on column public.runs.api_key_id is 'The key it came by; null for one of the page.';
comment on column public.runs.cancel_requested_at is 'When somebody asked for its end. The process that runs it looks.';
comment on column public.runs.charged is 'Whole credits that the run kept when it ended; 0 until then.';
comment on column public.runs.stored_response is
  'The response of the run, for a repeated request and for the list of runs.';

insert into private.personal_data (table_name, owned_by, columns)
values ('runs', 'user_id = $1', '{"input": null, "full_input": null, "progress": null, "stored_response": null}');

create index runs_newest_idx on public.runs (user_id, id desc);
-- For the figures of some days. A BRIN index costs a run next to nothing.
create index runs_days_idx on public.runs using brin (created_at);
create index runs_api_key_idx on public.runs (api_key_id) where api_key_id is not null;
create index runs_purge_idx on public.runs (earliest_purge_at) where earliest_purge_at is not null;

alter table public.runs enable row level security;

create policy "people read their own runs, admins every one"
on public.runs for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.runs to authenticated, service_role;

-- The queue of runs that outlive their request. What works on it is in 157_work_runs.sql.

create table private.queued_runs (
  run_id bigint primary key references public.runs (id),
  user_id uuid not null,
  max_attempts smallint not null constraint queued_runs_max_attempts_in_range check (max_attempts between 1 and 10),
  attempts smallint not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  lease uuid,
  constraint queued_runs_attempts_in_range check (attempts between 0 and max_attempts)
);
comment on table private.queued_runs is
  'Runs in the background that have not ended. Locked after the wallet of the run, or without waiting.';
comment on column private.queued_runs.due_at is
  'When a worker may claim it: with a lease, once nobody has been heard of that long.';
comment on column private.queued_runs.lease is
  'Names the worker that has it. Whoever has lost it may neither settle nor release the run.';

create index queued_runs_due_idx on private.queued_runs (due_at, run_id);
create index queued_runs_leased_idx on private.queued_runs (user_id) where lease is not null;

alter table private.queued_runs enable row level security;

create function private.is_taken_over(p_run_id bigint, p_lease uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from private.queued_runs where run_id = p_run_id and lease is distinct from p_lease);
end
$$;
comment on function private.is_taken_over is
  'Whether a run in the background belongs to another worker by now, or to none. Ask once its wallet is locked.';

create function private.finish_run(p_run_id bigint, p_status text, p_charged bigint default 0, p_response jsonb default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  update public.runs
  set
    status = p_status,
    charged = p_charged,
    stored_response = p_response,
    progress = null,
    finished_at = clock_timestamp(),
    purge_at = clock_timestamp() + retention
  where id = p_run_id
  and finished_at is null;
end
$$;
comment on function private.finish_run is
  'Writes down how a run ended, whose locked holds are ended beside it. One that has ended stays as it is.';

-- What an owner does with keys of the API. The server makes the secret, and hands over its hash alone.

create function private.audit_key(p_action text, p_api_key public.api_keys)
returns void
language sql
set search_path = ''
as $$
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, details)
  values (p_api_key.owner_id, p_api_key.owner_id, p_action, 'success', jsonb_build_object('api_key_id', p_api_key.id))
$$;
comment on function private.audit_key is 'Notes what an owner did with a key.';

create function private.are_addresses(p_addresses text[])
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_addresses::inet[] is not null and array_position(p_addresses, null) is null;
exception
  when invalid_text_representation then
    return false;
end
$$;
comment on function private.are_addresses is 'Whether each is an IP address or a network, as 10.0.0.0/8.';

create function private.refuse_budgets(
  p_audit_action text,
  p_user_id uuid,
  p_per_day bigint,
  p_per_month bigint,
  p_total bigint
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if (least(p_per_day, p_per_month, p_total) > 0) is false
    or greatest(p_per_day, p_per_month, p_total) > private.max_amount() then
    return private.refuse(p_audit_action, p_user_id, 'invalid_amount', 'A budget is a positive whole number of credits.');
  end if;
  return null;
end
$$;
comment on function private.refuse_budgets is 'The refusal of budgets that are no amounts of credits; null for good ones, and for none.';

create function public.create_api_key(
  p_user_id uuid,
  p_caller jsonb,
  p_name text,
  p_prefix text,
  p_secret_hash text,
  p_scopes text[],
  p_expires_at timestamptz default null,
  p_allowed_addresses text[] default '{}',
  p_allowed_origins text[] default '{}',
  p_budget_per_day bigint default null,
  p_budget_per_month bigint default null,
  p_budget_total bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.create';
  max_keys constant integer := 50;
  refused jsonb;
  api_key public.api_keys;
begin
  -- Behind the lock that closing the account takes, and two creations at once.
  perform from public.profiles where id = p_user_id for update;
  refused := private.refuse_caller(audit_action, p_user_id, p_caller);
  if refused is not null then
    return refused;
  end if;
  if char_length(btrim(coalesce(p_name, ''))) not between 1 and 60 then
    return private.refuse(audit_action, p_user_id, 'name_required', 'Give the key a name of up to 60 characters.');
  end if;
  if p_expires_at <= clock_timestamp() then
    return private.refuse(audit_action, p_user_id, 'already_expired', 'The key would have expired already.');
  end if;
  if not private.are_addresses(p_allowed_addresses) then
    return private.refuse(
      audit_action, p_user_id, 'invalid_address', 'Enter addresses or networks, such as 203.0.113.7 or 10.0.0.0/8.'
    );
  end if;
  refused := private.refuse_budgets(audit_action, p_user_id, p_budget_per_day, p_budget_per_month, p_budget_total);
  if refused is not null then
    return refused;
  end if;
  if (select count(*) from public.api_keys where owner_id = p_user_id and revoked_at is null) >= max_keys then
    return private.refuse(
      audit_action, p_user_id, 'too_many_keys', format('There can be %s keys. Revoke one that is not used.', max_keys)
    );
  end if;
  insert into public.api_keys (
    owner_id, name, prefix, scopes, expires_at, allowed_addresses, allowed_origins, budget_per_day, budget_per_month,
    budget_total
  )
  values (
    p_user_id, btrim(p_name), p_prefix, p_scopes, p_expires_at, p_allowed_addresses, p_allowed_origins, p_budget_per_day,
    p_budget_per_month, p_budget_total
  )
  returning * into api_key;
  insert into private.api_key_secrets (secret_hash, api_key_id) values (p_secret_hash, api_key.id);
  perform private.audit_key(audit_action, api_key);
  return jsonb_build_object('ok', true, 'id', api_key.id);
end
$$;
comment on function public.create_api_key is
  'Makes a key of the API for a user in a live session. Only the hash of its secret is kept.';

create function private.lock_api_key(p_user_id uuid, p_api_key_id bigint)
returns public.api_keys
language plpgsql
set search_path = ''
as $$
declare
  api_key public.api_keys;
begin
  select * into api_key
  from public.api_keys
  where id = p_api_key_id
  and owner_id = p_user_id
  and revoked_at is null
  for no key update;
  return api_key;
end
$$;
comment on function private.lock_api_key is 'A key of this owner that is not revoked, locked; all null if there is none.';

create function private.refuse_key_change(
  p_audit_action text,
  p_user_id uuid,
  p_caller jsonb,
  p_api_key public.api_keys
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  return coalesce(
    private.refuse_caller(p_audit_action, p_user_id, p_caller),
    case when p_api_key.id is null then
      private.refuse(p_audit_action, p_user_id, 'api_key_not_found', 'You have no such key.')
    end
  );
end
$$;
comment on function private.refuse_key_change is
  'The refusal of a change to a key that is not the user''s, or not from a live session; null for one that may go on.';

create function public.rotate_api_key(
  p_user_id uuid,
  p_caller jsonb,
  p_api_key_id bigint,
  p_prefix text,
  p_secret_hash text,
  p_overlap_seconds integer
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.rotate';
  max_overlap constant integer := 604800;
  api_key public.api_keys := private.lock_api_key(p_user_id, p_api_key_id);
  refused jsonb := private.refuse_key_change(audit_action, p_user_id, p_caller, api_key);
begin
  if refused is not null then
    return refused;
  end if;
  if p_overlap_seconds is null or p_overlap_seconds not between 0 and max_overlap then
    return private.refuse(audit_action, p_user_id, 'invalid_overlap', 'The old secret can go on for up to seven days.');
  end if;
  -- One that was to end sooner still does.
  update private.api_key_secrets
  set expires_at = least(expires_at, clock_timestamp() + make_interval(secs => p_overlap_seconds))
  where api_key_id = api_key.id;
  insert into private.api_key_secrets (secret_hash, api_key_id) values (p_secret_hash, api_key.id);
  update public.api_keys set prefix = p_prefix, rotated_at = clock_timestamp() where id = api_key.id;
  perform private.audit_key(audit_action, api_key);
  return jsonb_build_object('ok', true, 'id', api_key.id);
end
$$;
comment on function public.rotate_api_key is
  'Gives a key a new secret; the old one goes on for p_overlap_seconds, up to a week. Budgets and what is used of them stay.';

create function public.set_api_key_budgets(
  p_user_id uuid,
  p_caller jsonb,
  p_api_key_id bigint,
  p_budget_per_day bigint default null,
  p_budget_per_month bigint default null,
  p_budget_total bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.set_budgets';
  api_key public.api_keys := private.lock_api_key(p_user_id, p_api_key_id);
  refused jsonb := coalesce(
    private.refuse_key_change(audit_action, p_user_id, p_caller, api_key),
    private.refuse_budgets(audit_action, p_user_id, p_budget_per_day, p_budget_per_month, p_budget_total)
  );
begin
  if refused is not null then
    return refused;
  end if;
  update public.api_keys
  set budget_per_day = p_budget_per_day, budget_per_month = p_budget_per_month, budget_total = p_budget_total
  where id = api_key.id;
  perform private.audit_key(audit_action, api_key);
  return jsonb_build_object('ok', true, 'id', api_key.id);
end
$$;
comment on function public.set_api_key_budgets is
  'Sets the budgets of a key, in credits of each type; null for no limit. What is used already counts.';

create function public.revoke_api_key(p_user_id uuid, p_caller jsonb, p_api_key_id bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.revoke';
  api_key public.api_keys := private.lock_api_key(p_user_id, p_api_key_id);
  refused jsonb := private.refuse_key_change(audit_action, p_user_id, p_caller, api_key);
begin
  if refused is not null then
    return refused;
  end if;
  update public.api_keys set revoked_at = clock_timestamp() where id = api_key.id;
  delete from private.api_key_secrets where api_key_id = api_key.id;
  perform private.audit_key(audit_action, api_key);
  return jsonb_build_object('ok', true, 'id', api_key.id);
end
$$;
comment on function public.revoke_api_key is
  'Revokes a key at once: no call with it is taken from now on. Runs that it started end as they would.';

create function public.revoke_api_keys(p_user_id uuid, p_caller jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'api_key.revoke';
  refused jsonb := private.refuse_caller(audit_action, p_user_id, p_caller);
  api_key public.api_keys;
  revoked integer := 0;
begin
  if refused is not null then
    return refused;
  end if;
  for api_key in
    update public.api_keys
    set revoked_at = clock_timestamp()
    where owner_id = p_user_id
    and revoked_at is null
    returning *
  loop
    delete from private.api_key_secrets where api_key_id = api_key.id;
    perform private.audit_key(audit_action, api_key);
    revoked := revoked + 1;
  end loop;
  return jsonb_build_object('ok', true, 'revoked', revoked);
end
$$;
comment on function public.revoke_api_keys is
  'Revokes every key of a user at once, as after a password that somebody else may have known. Returns how many there were.';

create function private.forget_keys(p_user_id uuid)
returns void
language sql
set search_path = ''
as $$
  delete from private.api_key_secrets s using public.api_keys k where k.id = s.api_key_id and k.owner_id = p_user_id;
  update public.api_keys
  set name = '', prefix = '', allowed_addresses = '{}', allowed_origins = '{}',
    revoked_at = coalesce(revoked_at, clock_timestamp())
  where owner_id = p_user_id
$$;
comment on function private.forget_keys is 'Revokes every key of a user, and keeps nothing that names anybody.';

grant execute on function
  public.create_api_key, public.rotate_api_key, public.set_api_key_budgets, public.revoke_api_key,
  public.revoke_api_keys
to service_role;

-- What the owner of the product decides about a tool, and what its runs cost the owner.

create table public.tool_switches (
  tool text primary key,
  message text not null constraint tool_switches_message_is_a_sentence check (char_length(btrim(message)) between 3 and 500),
  switched_at timestamptz not null default clock_timestamp()
);
comment on table public.tool_switches is
  'Tools that an admin has switched off, with the sentence that users read. Runs that go on end as usual.';

alter table public.tool_switches enable row level security;

create policy "everybody reads which tools are off"
on public.tool_switches for select to anon, authenticated
using (true);

grant select on public.tool_switches to anon, authenticated, service_role;

create table private.run_costs (
  run_id bigint primary key references public.runs (id),
  tool text not null,
  micros bigint not null constraint run_costs_not_negative check (micros >= 0),
  created_at timestamptz not null default clock_timestamp()
);
comment on table private.run_costs is
  'What runs cost the owner, in millionths of a US dollar: the most a run may cost until it ends, or for good when it never said.';

create index run_costs_day_idx on private.run_costs (tool, created_at) include (micros);

alter table private.run_costs enable row level security;

create function private.refuse_tool(p_audit_action text, p_user_id uuid, p_tool text, p_run jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  off public.tool_switches;
  spent bigint;
begin
  select * into off from public.tool_switches where tool = p_tool;
  if off.tool is not null then
    return private.refuse(p_audit_action, p_user_id, 'tool_off', off.message, jsonb_build_object('tool', p_tool));
  end if;
  if (p_run ->> 'max_cost_per_day') is not null then
    -- Until the end of the transaction: no two runs see the same rest of the day.
    perform pg_advisory_xact_lock(hashtextextended('run_cost:' || p_tool, 0));
    select coalesce(sum(micros), 0) into spent
    from private.run_costs
    where tool = p_tool
    and created_at >= date_trunc('day', clock_timestamp(), 'UTC');
    if spent + (p_run ->> 'max_cost')::bigint > (p_run ->> 'max_cost_per_day')::bigint then
      return private.refuse(
        p_audit_action, p_user_id, 'tool_exhausted', 'This tool has reached its limit for today. Try again tomorrow.',
        jsonb_build_object('tool', p_tool)
      );
    end if;
  end if;
  return null;
end
$$;
comment on function private.refuse_tool is
  'The refusal for a tool that is switched off, or whose runs could cost the owner more than a day may; else null.';

create function private.note_cost(p_run_id bigint, p_micros bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_micros is not null then
    update private.run_costs set micros = p_micros where run_id = p_run_id;
  end if;
end
$$;
comment on function private.note_cost is 'Keeps what an ended run cost the owner, where that is known.';

-- Credits reserved for running tools.

create function private.is_valid_hold(
  p_status text,
  p_amount bigint,
  p_settled_amount bigint,
  p_finished_at timestamptz
)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  -- Apart, and the common ones first: an expression is set up once a transaction, at a cost that grows with its length.
  if p_status = 'open' then
    return p_amount > 0 and p_settled_amount is null and p_finished_at is null;
  end if;
  if p_status = 'settled' then
    return p_settled_amount is not null
      and p_settled_amount >= 0
      and p_amount >= greatest(p_settled_amount, 1)
      and p_finished_at is not null;
  end if;
  return p_status in ('released', 'expired')
    and p_amount > 0
    and p_settled_amount is null
    and p_finished_at is not null;
end
$$;
comment on function private.is_valid_hold is
  'Whether the fields of a hold fit each other. As plain constraints, every statement that writes would parse them again.';

create table public.credit_holds (
  transaction_id bigint primary key references public.credit_transactions (id),
  run_id bigint not null references public.runs (id),
  user_id uuid not null,
  credit_type text not null,
  action text not null,
  amount bigint not null,
  settled_amount bigint,
  status text not null default 'open',
  has_slices boolean not null default false,
  reason text,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  constraint credit_holds_entry_is_valid check (private.is_valid_hold(status, amount, settled_amount, finished_at)),
  constraint credit_holds_wallet_exists
    foreign key (user_id, credit_type) references public.credits (user_id, credit_type) on delete restrict
);
comment on table public.credit_holds is
  'Credits taken before what they pay for, kept (settled) or given back (released; expired when the process died). A run has one hold, or one for each slice of its price.';
comment on column public.credit_holds.transaction_id is 'The deduction of this hold; also its id.';
comment on column public.credit_holds.has_slices is 'Whether its run has further holds, which end together.';

insert into private.personal_data (table_name, owned_by, columns)
values ('credit_holds', 'user_id = $1', '{"reason": null}');

create index credit_holds_open_idx on public.credit_holds (expires_at) where status = 'open';
create index credit_holds_wallet_idx on public.credit_holds (user_id, credit_type, transaction_id desc);
create index credit_holds_open_wallet_idx on public.credit_holds (user_id, credit_type, expires_at) where status = 'open';
create index credit_holds_run_idx on public.credit_holds (run_id);

create function private.headroom(p_wallet public.credits)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.max_amount() - coalesce(private.available_balance(p_wallet), 0) - (
    select coalesce(sum(h.amount), 0)
    from public.credit_holds h
    where h.user_id = p_wallet.user_id
    and h.credit_type = p_wallet.credit_type
    and h.status = 'open'
  );
end
$$;
comment on function private.headroom is
  'How many credits a wallet can still take in. Credits on hold keep their place, so that restoring them never fails.';

create function private.hold_result(
  p_hold public.credit_holds,
  p_entry public.credit_transactions,
  p_run public.runs,
  p_replayed boolean
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return private.transaction_result(p_entry, p_replayed) || jsonb_build_object(
    'run_id', p_run.id,
    'tier', p_entry.metadata -> 'tier',
    'status', p_hold.status,
    'settled_amount', case when p_hold.status = 'settled' then p_run.charged end,
    'stored_response', p_run.stored_response,
    'expires_at', p_hold.expires_at
  );
end
$$;
comment on function private.hold_result is 'The result of the deduction with its run and the status of its hold.';

create function private.held(p_run_id bigint)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select sum(amount) from public.credit_holds where run_id = p_run_id);
end
$$;
comment on function private.held is 'Credits that a run has taken so far, with all slices of its price.';

create function private.lock_hold(p_transaction_id bigint)
returns public.credit_holds
language plpgsql
set search_path = ''
as $$
declare
  hold public.credit_holds;
begin
  select * into hold from public.credit_holds where transaction_id = p_transaction_id;
  -- The wallet first, always: what changes it queues there. A hold that is kept whole ends without its wallet.
  perform private.lock_wallet(hold.user_id, hold.credit_type);
  select * into hold from public.credit_holds where transaction_id = p_transaction_id for no key update;
  return hold;
end
$$;
comment on function private.lock_hold is 'A hold as it is once its wallet and then itself are locked; all null if there is none.';

create function private.lock_overdue(p_wallet public.credits, p_at timestamptz)
returns setof public.credit_holds
language sql
set search_path = ''
as $$
  select *
  from public.credit_holds
  where user_id = p_wallet.user_id
  and credit_type = p_wallet.credit_type
  and status = 'open'
  and expires_at <= p_at
  order by transaction_id
  -- One that is being settled is not overdue.
  for no key update skip locked
$$;
comment on function private.lock_overdue is 'The open holds of a locked wallet that have expired by p_at, locked.';

create function private.reclaimable(p_wallet public.credits, p_at timestamptz)
returns bigint
language sql
set search_path = ''
as $$
  select coalesce(sum(h.amount - (
    select coalesce(sum((burn ->> 'amount')::bigint), 0)
    from jsonb_array_elements(t.burned_grants) burn
    join public.credit_grants g on g.id = (burn ->> 'grant')::bigint
    where g.expires_at <= p_at
  )), 0)
  from private.lock_overdue(p_wallet, p_at) h
  join public.credit_transactions t on t.id = h.transaction_id
$$;
comment on function private.reclaimable is
  'Credits that releasing the overdue holds of a locked wallet would make available: not the part that goes into expired grants. Locks those holds, so that it stays true; one that is being settled is not counted.';

alter table public.credit_holds enable row level security;

create policy "people read their own holds, admins every one"
on public.credit_holds for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.credit_holds to authenticated, service_role;

-- Credits out of a locked wallet and into it, with what follows for its grants and its debt.

create function private.post_transaction(
  p_wallet public.credits,
  p_type text,
  p_amount bigint,
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_reverses bigint default null,
  p_burned_grants jsonb default null,
  p_next_expiry_at timestamptz default null,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_metadata jsonb default '{}',
  p_debt_change bigint default null
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  entry public.credit_transactions;
begin
  update public.credits
  set
    balance = p_wallet.balance + p_amount,
    debt = p_wallet.debt + coalesce(p_debt_change, 0),
    total_purchased = p_wallet.total_purchased
      + case when p_type in ('purchase', 'subscription_grant') then p_amount else 0 end,
    total_used = p_wallet.total_used - case when p_type in ('deduction', 'refund') then p_amount else 0 end,
    version = p_wallet.version + 1,
    next_expiry_at = p_next_expiry_at,
    updated_at = clock_timestamp()
  where user_id = p_wallet.user_id
  and credit_type = p_wallet.credit_type;

  insert into public.credit_transactions (
    user_id, credit_type, seq, type, amount, balance_before, balance_after, debt_change, action, description,
    reference_id, reference_type, reverses, burned_grants, idempotency_key, request_hash, actor_id, metadata
  )
  values (
    p_wallet.user_id, p_wallet.credit_type, p_wallet.version + 1, p_type, p_amount, p_wallet.balance,
    p_wallet.balance + p_amount, p_debt_change, p_action, p_description, p_reference_id, p_reference_type, p_reverses,
    p_burned_grants, p_idempotency_key, p_request_hash, p_actor_id, coalesce(p_metadata, '{}')
  )
  returning * into entry;
  if least(p_wallet.balance, entry.balance_after) < p_wallet.low_balance_threshold and (
    p_wallet.lower_thresholds is not null
    or greatest(p_wallet.balance, entry.balance_after) >= p_wallet.low_balance_threshold
  ) then
    perform private.queue_low_balance_mail(p_wallet, entry.balance_after);
  end if;
  return entry;
end
$$;
comment on function private.post_transaction is
  'Changes a balance: writes the wallet (which the caller has locked and checked) and one ledger row. The only other places are the fast paths of deduct_credits and reserve_credits, and private.post_batch.';

create function private.expire_due(p_wallet public.credits, p_at timestamptz default clock_timestamp())
returns public.credits
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := p_wallet;
  due record;
begin
  if wallet.next_expiry_at is null or wallet.next_expiry_at > p_at then
    return wallet;
  end if;
  for due in
    select id, remaining, source
    from public.credit_grants
    where user_id = wallet.user_id
    and credit_type = wallet.credit_type
    and remaining > 0
    and expires_at <= p_at
    order by expires_at, id
  loop
    update public.credit_grants set remaining = 0 where id = due.id;
    perform private.post_transaction(
      wallet, 'expiry', -due.remaining,
      p_action => 'expiry',
      p_description => coalesce(due.source || ' expired', 'Credits expired'),
      p_reference_id => due.id::text,
      p_reference_type => 'grant',
      p_burned_grants => jsonb_build_array(jsonb_build_object('grant', due.id, 'amount', due.remaining)),
      p_next_expiry_at => private.next_expiry(wallet.user_id, wallet.credit_type)
    );
    wallet := private.lock_wallet(wallet.user_id, wallet.credit_type);
  end loop;
  return wallet;
end
$$;
comment on function private.expire_due is 'Posts the expiry of every due grant of a locked wallet and returns the wallet as it is then.';

create function private.debit(
  p_wallet public.credits,
  p_type text,
  p_amount bigint,
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_metadata jsonb default '{}',
  p_at timestamptz default clock_timestamp()
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := p_wallet;
  burned jsonb;
begin
  if p_wallet.next_expiry_at is not null then
    wallet := private.expire_due(p_wallet, p_at);
    burned := private.burn_grants(wallet, p_amount);
  end if;
  return private.post_transaction(
    wallet, p_type, -p_amount, p_action, p_description, p_reference_id, p_reference_type,
    p_burned_grants => burned,
    p_next_expiry_at => case
      when burned is not null then private.next_expiry(wallet.user_id, wallet.credit_type)
    end,
    p_idempotency_key => p_idempotency_key,
    p_request_hash => p_request_hash,
    p_actor_id => p_actor_id,
    p_metadata => p_metadata
  );
end
$$;
comment on function private.debit is
  'Debits a locked wallet that could pay at p_at: expires what was due then, burns grants, posts.';

create function private.repay_debt(p_user_id uuid, p_credit_type text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := private.lock_wallet(p_user_id, p_credit_type);
  amount bigint := least(wallet.debt, wallet.balance);
  burned jsonb;
begin
  if amount = 0 then
    return;
  end if;
  burned := private.burn_grants(wallet, amount);
  perform private.post_transaction(
    wallet, 'debt_repayment', -amount, 'debt_repayment', 'Repays credits of a payment that was taken back',
    p_burned_grants => burned,
    p_next_expiry_at => case when burned is not null then private.next_expiry(p_user_id, p_credit_type) end,
    p_debt_change => -amount
  );
end
$$;
comment on function private.repay_debt is
  'Repays a wallet''s debt from its balance. Called after every credit, so that nothing is spent while there is a debt.';

create function private.credit(
  p_wallet public.credits,
  p_type text,
  p_amount bigint,
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_expires_at timestamptz default null,
  p_priority integer default 0,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_metadata jsonb default '{}'
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := private.expire_due(p_wallet);
  entry public.credit_transactions;
begin
  entry := private.post_transaction(
    wallet, p_type, p_amount, p_action, p_description, p_reference_id, p_reference_type,
    p_next_expiry_at => least(wallet.next_expiry_at, p_expires_at),
    p_idempotency_key => p_idempotency_key,
    p_request_hash => p_request_hash,
    p_actor_id => p_actor_id,
    p_metadata => p_metadata
  );
  if p_expires_at is not null then
    insert into public.credit_grants (
      user_id, credit_type, transaction_id, amount, remaining, priority, expires_at, source
    )
    values (
      wallet.user_id, wallet.credit_type, entry.id, p_amount, p_amount, p_priority, p_expires_at,
      coalesce(p_description, p_action)
    );
  end if;
  if wallet.debt > 0 then
    perform private.repay_debt(wallet.user_id, wallet.credit_type);
  end if;
  return entry;
end
$$;
comment on function private.credit is
  'Credits a locked wallet: without expiry, or as a grant until p_expires_at. Debt is repaid at once.';

create function private.restore(
  p_original public.credit_transactions,
  p_wallet public.credits,
  p_already bigint,
  p_amount bigint,
  p_reason text,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_actor_id uuid default null,
  p_at timestamptz default clock_timestamp()
)
returns public.credit_transactions
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := private.expire_due(p_wallet, p_at);
  entry public.credit_transactions;
begin
  perform private.restore_grants(p_original.burned_grants, -p_original.amount, p_already, p_amount);
  entry := private.post_transaction(
    wallet, 'refund', p_amount, p_original.action, p_reason, p_original.reference_id, p_original.reference_type,
    p_reverses => p_original.id,
    p_next_expiry_at => case
      when p_original.burned_grants is null then wallet.next_expiry_at
      else private.next_expiry(wallet.user_id, wallet.credit_type)
    end,
    p_idempotency_key => p_idempotency_key,
    p_request_hash => p_request_hash,
    p_actor_id => p_actor_id
  );
  if p_original.burned_grants is not null then
    perform private.expire_due(private.lock_wallet(wallet.user_id, wallet.credit_type), p_at);
  end if;
  if wallet.debt > 0 then
    perform private.repay_debt(wallet.user_id, wallet.credit_type);
  end if;
  return entry;
end
$$;
comment on function private.restore is
  'Refunds p_amount of a deduction, after p_already refunded before, to its locked wallet and the grants it came from.';

-- One function per operation, for the server alone. Each returns {ok: true, transaction_id, amount, balance, version,
-- replayed} or {ok: false, code, message, …} after a row in the audit log.

create function private.add_credits(
  p_audit_action text,
  p_user_id uuid,
  p_amount bigint,
  p_credit_type text,
  p_type text,
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_expires_at timestamptz default null,
  p_priority integer default 0,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_metadata jsonb default '{}',
  p_actor_id uuid default null,
  p_asked jsonb default '{}'
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits;
  result jsonb;
  request_hash text := coalesce(
    p_request_hash,
    md5(row('add', p_type, p_amount, p_credit_type, p_action, p_reference_id, p_expires_at, p_priority)::text)
  );
begin
  if p_amount is null or p_amount not between 1 and private.max_amount() then
    return private.refuse(
      p_audit_action, p_user_id, 'invalid_amount', 'The amount to add must be a positive whole number of credits.',
      p_asked, p_actor_id
    );
  end if;
  if p_type is null or p_type not in ('purchase', 'subscription_grant', 'signup_bonus', 'promotion') then
    return private.refuse(
      p_audit_action, p_user_id, 'invalid_type',
      'Credits are added as a purchase, a subscription_grant, a signup_bonus or a promotion.', p_asked, p_actor_id
    );
  end if;

  wallet := private.lock_wallet(p_user_id, p_credit_type);
  if p_idempotency_key is not null then
    result := private.find_replay(p_user_id, p_idempotency_key, request_hash, p_audit_action);
    if result is not null then
      return result;
    end if;
  end if;
  if p_expires_at <= clock_timestamp() then
    return private.refuse(
      p_audit_action, p_user_id, 'already_expired', 'These credits would be expired when they arrive.', p_asked, p_actor_id
    );
  end if;
  if p_amount > private.headroom(wallet) then
    return private.refuse(
      p_audit_action, p_user_id, 'balance_limit', 'This would take the balance past the largest one that can be kept.',
      p_asked, p_actor_id
    );
  end if;
  if wallet.user_id is null then
    result := private.open_wallet(p_user_id, p_credit_type, p_audit_action);
    if result is not null then
      return result;
    end if;
    wallet := private.lock_wallet(p_user_id, p_credit_type);
    -- Whoever opened it concurrently may have used the key.
    result := private.find_replay(p_user_id, p_idempotency_key, request_hash, p_audit_action);
    if result is not null then
      return result;
    end if;
  end if;

  return private.transaction_result(
    private.credit(
      wallet, p_type, p_amount, p_action, p_description, p_reference_id, p_reference_type,
      p_expires_at => p_expires_at,
      p_priority => p_priority,
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_actor_id => p_actor_id,
      p_metadata => p_metadata
    ),
    false
  );
end
$$;
comment on function private.add_credits is
  'Adds credits for public.add_credits, and for an admin who gives them: refusals are noted under p_audit_action, with what was asked.';

create function public.add_credits(
  p_user_id uuid,
  p_amount bigint,
  p_credit_type text default 'general',
  p_type text default 'purchase',
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_expires_at timestamptz default null,
  p_priority integer default 0,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_metadata jsonb default '{}'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.add';
begin
  return private.add_credits(
    audit_action, p_user_id, p_amount, p_credit_type, p_type, p_action, p_description, p_reference_id, p_reference_type,
    p_expires_at, p_priority, p_idempotency_key, p_request_hash, p_metadata
  );
end
$$;
comment on function public.add_credits is
  'Adds credits, without expiry or until p_expires_at. Those of a purchase or a subscription_grant count as bought; given ones (signup_bonus, promotion) do not. Of those that expire, lower priorities are spent first.';

create function public.initialize_credits(
  p_user_id uuid,
  p_initial_amount bigint default 0,
  p_credit_type text default 'general'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  wallet public.credits;
  refused jsonb;
begin
  if p_initial_amount is null or p_initial_amount not between 0 and private.max_amount() then
    return private.refuse(
      'credits.initialize', p_user_id, 'invalid_amount', 'The initial amount must be zero or more credits.'
    );
  end if;
  if p_initial_amount > 0 then
    return public.add_credits(
      p_user_id, p_initial_amount, p_credit_type, 'signup_bonus',
      p_action => 'signup_bonus',
      p_description => 'Welcome credits',
      p_idempotency_key => 'signup_bonus:' || p_credit_type,
      -- The bonus is granted once, even if its amount has changed by a second call.
      p_request_hash => 'signup_bonus'
    );
  end if;
  refused := private.open_wallet(p_user_id, p_credit_type, 'credits.initialize');
  if refused is not null then
    return refused;
  end if;
  wallet := private.lock_wallet(p_user_id, p_credit_type);
  return jsonb_build_object('ok', true, 'balance', wallet.balance, 'version', wallet.version);
end
$$;
comment on function public.initialize_credits is
  'Opens a wallet with an initial amount that is granted at most once per user and credit type.';

create function public.deduct_credits(
  p_user_id uuid,
  p_amount bigint,
  p_credit_type text default 'general',
  p_action text default null,
  p_description text default null,
  p_reference_id text default null,
  p_reference_type text default null,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_metadata jsonb default '{}'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.deduct';
  wallet public.credits;
  charged_at timestamptz;
  replay jsonb;
  request_hash text;
  transaction_id bigint;
  new_balance bigint;
  new_version bigint;
begin
  if p_amount is null or p_amount not between 1 and private.max_amount() then
    return private.refuse(
      audit_action, p_user_id, 'invalid_amount', 'The amount to deduct must be a positive whole number of credits.'
    );
  end if;

  if p_idempotency_key is not null then
    request_hash := coalesce(
      p_request_hash, md5(row('deduct', p_amount, p_credit_type, p_action, p_reference_id)::text)
    );
  end if;

  -- The common case, without further calls: they would cost as much as the charge. Nothing expires, no threshold can be
  -- crossed and the key is new. The update locks and checks in one, again on what the last holder of the lock left; a
  -- key that was used undoes this block, also for those who follow the log. All else goes the long way below.
  begin
    update public.credits
    set
      balance = balance - p_amount,
      total_used = total_used + p_amount,
      version = version + 1,
      updated_at = clock_timestamp()
    where user_id = p_user_id
    and credit_type = p_credit_type
    and balance >= p_amount
    and next_expiry_at is null
    and (
      balance - p_amount >= low_balance_threshold
      or balance < low_balance_threshold and lower_thresholds is null
    ) is not false
    returning balance, version into new_balance, new_version;
    if found then
      insert into public.credit_transactions (
        user_id, credit_type, seq, type, amount, balance_before, balance_after, action, description, reference_id,
        reference_type, idempotency_key, request_hash, metadata
      )
      values (
        p_user_id, p_credit_type, new_version, 'deduction', -p_amount, new_balance + p_amount, new_balance, p_action,
        p_description, p_reference_id, p_reference_type, p_idempotency_key, request_hash, coalesce(p_metadata, '{}')
      )
      returning id into transaction_id;
      return jsonb_build_object(
        'ok', true,
        'transaction_id', transaction_id,
        'credit_type', p_credit_type,
        'amount', -p_amount,
        'balance', new_balance,
        'version', new_version,
        'replayed', false
      );
    end if;
  exception when unique_violation then
    null;
  end;

  wallet := private.lock_wallet(p_user_id, p_credit_type);
  if p_idempotency_key is not null then
    replay := private.find_replay(p_user_id, p_idempotency_key, request_hash, audit_action);
    if replay is not null then
      return replay;
    end if;
  end if;
  charged_at := clock_timestamp();
  if wallet.user_id is null or private.available_balance(wallet, charged_at) < p_amount then
    return private.refuse_insufficient(
      audit_action, p_user_id, p_credit_type, coalesce(private.available_balance(wallet, charged_at), 0), p_amount
    );
  end if;

  return private.transaction_result(
    private.debit(
      wallet, 'deduction', p_amount, p_action, p_description, p_reference_id, p_reference_type,
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_metadata => p_metadata,
      p_at => charged_at
    ),
    false
  );
end
$$;
comment on function public.deduct_credits is
  'Charges a wallet for what is done already, in one step: meters, imports and code of your own. What may still fail is charged by reserve_credits. Refuses with insufficient_credits and the shortfall.';

grant execute on function public.add_credits, public.initialize_credits, public.deduct_credits to service_role;

-- Many changes in one transaction, one statement a step: what deductions and additions that are sent together share. Each
-- entry is answered, refused or posted as it would be if the entries were sent one by one, in their order.

create type private.batch_entry as (
  position bigint,
  user_id uuid,
  credit_type text,
  type text,
  amount bigint,
  action text,
  description text,
  reference_id text,
  reference_type text,
  idempotency_key text,
  request_hash text,
  metadata jsonb,
  expires_at timestamptz,
  priority integer,
  fault text,
  objection text,
  allowance bigint
);
comment on type private.batch_entry is
  'One entry of a batch, its amount signed as in the ledger. fault refuses it before its key is looked up, objection after it; allowance is what the wallet could pay or take in before the batch.';

create type private.batch_outcome as (
  is_posted boolean,
  refusal text,
  allowed bigint,
  earlier_id bigint,
  repeats bigint,
  transaction_id bigint,
  seq bigint,
  balance_before bigint,
  burned_grants jsonb,
  result jsonb
);
comment on type private.batch_outcome is
  'What becomes of the entry at the same place: posted, refused (allowed is what the wallet still could pay or take in), a replay of the ledger row earlier_id or of the entry at position repeats, or done alone already, with this result.';

create function private.refuse_batch(p_audit_action text, p_entries jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  max_entries constant integer := 1000;
begin
  if jsonb_typeof(p_entries) is distinct from 'array' then
    return private.refuse(p_audit_action, null, 'invalid_batch', 'A batch must be a list of entries.');
  end if;
  if jsonb_array_length(p_entries) > max_entries then
    return private.refuse(
      p_audit_action, null, 'batch_too_large',
      format(
        'A batch can have up to %s entries, and this one has %s.',
        to_char(max_entries, 'FM999,999'), to_char(jsonb_array_length(p_entries), 'FM999,999,999')
      )
    );
  end if;
  return null;
end
$$;
comment on function private.refuse_batch is 'The refusal of a whole batch, which is no list or too long; null for one that may go on.';

create function private.lock_wallets(p_entries jsonb)
returns public.credits[]
language plpgsql
set search_path = ''
as $$
begin
  return (
    select array_agg(locked.wallet)
    from (
      select distinct user_id, coalesce(credit_type, 'general') as credit_type
      from jsonb_to_recordset(p_entries) as e (user_id uuid, credit_type text)
      order by 1, 2
    ) named
    cross join lateral (
      select c as wallet
      from public.credits c
      where c.user_id = named.user_id
      and c.credit_type = named.credit_type
      for no key update
    ) locked
  );
end
$$;
comment on function private.lock_wallets is
  'The wallets of a batch, locked until the transaction ends, in the order in which everybody locks several.';

create function private.is_key_bounded(p_idempotency_key text)
returns boolean
language sql
immutable
set search_path = ''
return coalesce(char_length(p_idempotency_key) between 1 and 255, true);
comment on function private.is_key_bounded is 'Whether the ledger can keep an idempotency key; one that is too long must not fail its batch.';

create function private.judge_in_turn(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_users uuid[],
  p_over_allowance text
)
returns private.batch_outcome[]
language plpgsql
set search_path = ''
as $$
declare
  outcomes private.batch_outcome[] := p_outcomes;
  entry record;
  outcome private.batch_outcome;
  current_user_id uuid;
  left_by_type jsonb;
  first_by_key jsonb;
  still_allowed bigint;
begin
  for entry in
    select e.*
    from unnest(p_entries, p_outcomes) e
    where array_position(p_users, e.user_id) is not null
    and e.fault is null
    and e.earlier_id is null
    order by e.user_id, e.position
  loop
    if entry.user_id is distinct from current_user_id then
      current_user_id := entry.user_id;
      left_by_type := '{}';
      first_by_key := '{}';
    end if;
    outcome := null;
    outcome.repeats := (first_by_key ->> entry.idempotency_key)::bigint;
    still_allowed := coalesce((left_by_type ->> entry.credit_type)::bigint, entry.allowance);
    if outcome.repeats is not null then
      if p_entries[outcome.repeats].request_hash is distinct from entry.request_hash then
        outcome.refusal := 'idempotency_conflict';
      end if;
    elsif entry.objection is not null then
      outcome.refusal := entry.objection;
    elsif abs(entry.amount) > still_allowed then
      outcome.refusal := p_over_allowance;
      outcome.allowed := still_allowed;
    else
      outcome.is_posted := true;
      left_by_type := left_by_type || jsonb_build_object(entry.credit_type, still_allowed - abs(entry.amount));
      if entry.idempotency_key is not null then
        first_by_key := first_by_key || jsonb_build_object(entry.idempotency_key, entry.position);
      end if;
    end if;
    outcomes[entry.position] := outcome;
  end loop;
  return outcomes;
end
$$;
comment on function private.judge_in_turn is
  'Judges the entries of users one of whose wallets cannot pay or take in all that is asked of it: an entry that is refused leaves what it asked for to later ones, and its key unused.';

create function private.judge_batch(p_entries private.batch_entry[], p_over_allowance text)
returns private.batch_outcome[]
language plpgsql
set search_path = ''
as $$
declare
  outcomes private.batch_outcome[];
  over_allowance uuid[];
begin
  with looked_up as (
    select e.*, earlier.id as earlier_id, earlier.request_hash as earlier_hash
    from unnest(p_entries) e
    -- offset 0 keeps this a look-up by the index for each entry, whatever the planner thinks of the tables.
    left join lateral (
      select t.id, t.request_hash
      from public.credit_transactions t
      where t.user_id = e.user_id
      and t.idempotency_key = e.idempotency_key
      and e.fault is null
      offset 0
    ) earlier on true
  ),
  first_uses as (
    select
      l.*,
      coalesce(l.fault, l.objection) is null and l.earlier_id is null as is_candidate,
      case
        when l.idempotency_key is not null and l.fault is null and l.earlier_id is null then
          min(l.position) filter (where coalesce(l.fault, l.objection) is null and l.earlier_id is null)
            over (partition by l.user_id, l.idempotency_key)
      end as first_position
    from looked_up l
  ),
  asked as (
    select
      f.*,
      f.is_candidate and f.position = coalesce(f.first_position, f.position) as is_posted,
      sum(abs(f.amount)) filter (where f.is_candidate and f.position = coalesce(f.first_position, f.position))
        over (partition by f.user_id, f.credit_type) > f.allowance as is_over
    from first_uses f
  )
  select
    array_agg(
      row(
        a.is_posted,
        case
          when a.fault is not null then a.fault
          when a.earlier_hash is distinct from a.request_hash and a.earlier_id is not null then 'idempotency_conflict'
          when a.position > a.first_position then case
            when p_entries[a.first_position].request_hash is distinct from a.request_hash then 'idempotency_conflict'
          end
          when a.earlier_id is null then a.objection
        end,
        null,
        a.earlier_id,
        case when a.position > a.first_position then a.first_position end,
        null, null, null, null, null
      )::private.batch_outcome
      order by a.position
    ),
    array_agg(distinct a.user_id) filter (where a.is_over)
  into outcomes, over_allowance
  from asked a;
  if over_allowance is null then
    return outcomes;
  end if;
  return private.judge_in_turn(p_entries, outcomes, over_allowance, p_over_allowance);
end
$$;
comment on function private.judge_batch is
  'Looks the keys of a batch up and decides what is posted. Call it with the wallets locked, in a new statement.';

-- What a batch writes: every ledger row in one insert, and every wallet once.

create function private.expire_due_of_batch(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_wallets public.credits[],
  p_at timestamptz
)
returns public.credits[]
language plpgsql
set search_path = ''
as $$
begin
  if not exists (select from unnest(p_wallets) w where w.next_expiry_at <= p_at) then
    return p_wallets;
  end if;
  return (
    select array_agg(
      case
        when w.next_expiry_at <= p_at and exists (
          select
          from unnest(p_entries, p_outcomes) e
          where e.user_id = w.user_id
          and e.credit_type = w.credit_type
          and e.is_posted
        ) then private.expire_due(w, p_at)
        else w
      end
    )
    from unnest(p_wallets) w
  );
end
$$;
comment on function private.expire_due_of_batch is
  'Posts what is due in the wallets of a batch that something is posted to, and returns the wallets as they are then.';

-- Arrays tell the planner nothing about how many they hold, and a nested loop over two of them is quadratic.
create function private.number_batch(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_wallets public.credits[]
)
returns private.batch_outcome[]
language plpgsql
set search_path = ''
set enable_nestloop = off
as $$
begin
  return (
    with posted as (
      select
        e.position,
        e.user_id,
        e.credit_type,
        -e.amount as spent,
        sum(-e.amount) over wallet as spent_to,
        w.version + row_number() over wallet as seq,
        (w.balance - e.amount + sum(e.amount) over wallet)::bigint as balance_before,
        w.next_expiry_at is not null and e.amount < 0 as burns
      from unnest(p_entries, p_outcomes) e
      join unnest(p_wallets) w on w.user_id = e.user_id and w.credit_type = e.credit_type
      where e.is_posted
      window wallet as (partition by e.user_id, e.credit_type order by e.position)
    ),
    numbered as materialized (
      select p.*, nextval('public.credit_transactions_id_seq') as transaction_id
      from (select * from posted order by position) p
    ),
    open_grants as (
      select
        g.*,
        sum(g.remaining) over (
          partition by g.user_id, g.credit_type
          order by g.priority, g.expires_at, g.id
        ) as remaining_to
      from unnest(p_wallets) w
      cross join lateral (
        select *
        from public.credit_grants
        where user_id = w.user_id
        and credit_type = w.credit_type
        and remaining > 0
        and w.next_expiry_at is not null
        offset 0
      ) g
    ),
    burned as (
      select
        n.position,
        jsonb_agg(
          jsonb_build_object(
            'grant', g.id,
            'amount', least(n.spent_to, g.remaining_to) - greatest(n.spent_to - n.spent, g.remaining_to - g.remaining)
          )
          order by g.remaining_to
        ) as grants
      from numbered n
      join open_grants g on g.user_id = n.user_id and g.credit_type = n.credit_type
      where n.burns
      and g.remaining_to - g.remaining < n.spent_to
      and n.spent_to - n.spent < g.remaining_to
      group by n.position
    )
    select
      array_agg(
        row(
          e.is_posted, e.refusal, e.allowed, e.earlier_id, e.repeats, n.transaction_id, n.seq, n.balance_before,
          b.grants, e.result
        )::private.batch_outcome
        order by e.position
      )
    from unnest(p_entries, p_outcomes) e
    left join numbered n on n.position = e.position
    left join burned b on b.position = e.position
  );
end
$$;
comment on function private.number_batch is
  'Gives each entry that is posted its row: id, place in its wallet, balance before it, and which grants it burns, each burning where the one before it stopped.';

create function private.queue_low_balance_mails(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_wallets public.credits[]
)
returns void
language plpgsql
set search_path = ''
set enable_nestloop = off
as $$
declare
  crossing record;
  wallet public.credits;
begin
  for crossing in
    select w as wallet, e.seq, e.balance_before, e.balance_before + e.amount as balance_after
    from unnest(p_entries, p_outcomes) e
    join unnest(p_wallets) w on w.user_id = e.user_id and w.credit_type = e.credit_type
    where e.is_posted
    and least(e.balance_before, e.balance_before + e.amount) < w.low_balance_threshold
    and case
      when e.amount < 0 then exists (
        select
        from unnest(w.low_balance_threshold || w.lower_thresholds) threshold
        where threshold > e.balance_before + e.amount
        and threshold <= e.balance_before
      )
      else exists (
        select from public.mails m where m.user_id = e.user_id and m.kind = 'low_balance' and m.status = 'waiting'
      )
    end
    order by e.position
  loop
    wallet := crossing.wallet;
    wallet.balance := crossing.balance_before;
    wallet.version := crossing.seq - 1;
    perform private.queue_low_balance_mail(wallet, crossing.balance_after);
  end loop;
end
$$;
comment on function private.queue_low_balance_mails is
  'Calls queue_low_balance_mail for the entries of a batch that cross a threshold: at most one a threshold on the way down.';

create function private.post_batch(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_wallets public.credits[]
)
returns void
language plpgsql
set search_path = ''
set enable_nestloop = on
set enable_seqscan = off
as $$
declare
  -- One for all: within a wallet it grows with seq.
  posted_at constant timestamptz := clock_timestamp();
begin
  -- In the order of the keys: two batches that meet in the index of keys never wait for each other in a circle.
  insert into public.credit_transactions (
    id, user_id, credit_type, seq, type, amount, balance_before, balance_after, action, description, reference_id,
    reference_type, burned_grants, idempotency_key, request_hash, metadata, created_at
  )
  overriding system value
  select
    e.transaction_id, e.user_id, e.credit_type, e.seq, e.type, e.amount, e.balance_before, e.balance_before + e.amount,
    e.action, e.description, e.reference_id, e.reference_type, e.burned_grants, e.idempotency_key, e.request_hash,
    e.metadata, posted_at
  from unnest(p_entries, p_outcomes) e
  where e.is_posted
  order by e.user_id, e.idempotency_key, e.transaction_id;

  if exists (select from unnest(p_wallets) w where w.next_expiry_at is not null) then
    update public.credit_grants g
    set remaining = g.remaining - burned.amount
    from (
      select (burn ->> 'grant')::bigint as id, sum((burn ->> 'amount')::bigint)::bigint as amount
      from unnest(p_outcomes) o
      cross join jsonb_array_elements(o.burned_grants) burn
      group by 1
    ) burned
    where g.id = burned.id;
  end if;
  insert into public.credit_grants (
    user_id, credit_type, transaction_id, amount, remaining, priority, expires_at, source
  )
  select
    e.user_id, e.credit_type, e.transaction_id, e.amount, e.amount, e.priority, e.expires_at,
    coalesce(e.description, e.action)
  from unnest(p_entries, p_outcomes) e
  where e.is_posted
  and e.expires_at is not null
  order by e.position;

  update public.credits c
  set
    balance = c.balance + changed.amount,
    total_purchased = c.total_purchased + changed.purchased,
    total_used = c.total_used + changed.used,
    version = c.version + changed.rows,
    next_expiry_at = case
      when c.next_expiry_at is not null or changed.expires then private.next_expiry(c.user_id, c.credit_type)
    end,
    updated_at = posted_at
  from (
    select
      e.user_id,
      e.credit_type,
      sum(e.amount)::bigint as amount,
      coalesce(sum(e.amount) filter (where e.type in ('purchase', 'subscription_grant')), 0)::bigint as purchased,
      coalesce(sum(-e.amount) filter (where e.type = 'deduction'), 0)::bigint as used,
      count(*) as rows,
      bool_or(e.expires_at is not null) as expires
    from unnest(p_entries, p_outcomes) e
    where e.is_posted
    group by e.user_id, e.credit_type
  ) changed
  where c.user_id = changed.user_id
  and c.credit_type = changed.credit_type;

  perform private.queue_low_balance_mails(p_entries, p_outcomes, p_wallets);
end
$$;
comment on function private.post_batch is
  'Writes the numbered entries of a batch: ledger rows, grants and the locked wallets, as post_transaction does for one.';

-- What a batch answers: one result an entry, in their order.

create function private.refuse_entry(
  p_audit_action text,
  p_entry private.batch_entry,
  p_refusal text,
  p_allowed bigint
)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  if p_refusal = 'insufficient_credits' then
    return private.refuse_insufficient(
      p_audit_action, p_entry.user_id, p_entry.credit_type, p_allowed, -p_entry.amount
    );
  end if;
  return private.refuse(
    p_audit_action,
    p_entry.user_id,
    p_refusal,
    case p_refusal
      when 'invalid_amount' then format(
        'The amount to %s must be a positive whole number of credits.',
        case p_entry.type when 'deduction' then 'deduct' else 'add' end
      )
      when 'invalid_type' then
        'Credits are added as a purchase, a subscription_grant, a signup_bonus or a promotion.'
      when 'invalid_key' then 'An idempotency key must have 1 to 255 characters.'
      when 'idempotency_conflict' then 'This idempotency key was already used for another request.'
      when 'already_expired' then 'These credits would be expired when they arrive.'
      when 'balance_limit' then 'This would take the balance past the largest one that can be kept.'
      when 'user_not_found' then 'There is no such user.'
      when 'unknown_credit_type' then 'There is no such credit type.'
    end
  );
end
$$;
comment on function private.refuse_entry is
  'The refusal of one entry of a batch, in the words of the functions that do it alone.';

create function private.batch_result(
  p_audit_action text,
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[]
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  refusals jsonb;
begin
  -- In one order: two batches that refuse the same people never wait for each other in a circle.
  select jsonb_object_agg(refused.position, refused.result) into refusals
  from (
    select e.position, private.refuse_entry(p_audit_action, p_entries[e.position], e.refusal, e.allowed) as result
    from (
      select *
      from unnest(p_entries, p_outcomes)
      where refusal is not null
      order by user_id, refusal, position
      offset 0
    ) e
  ) refused;
  return jsonb_build_object('ok', true, 'results', coalesce((
    select jsonb_agg(
      case
        when e.result is not null then e.result
        when e.refusal is not null then refusals -> e.position::text
        when e.is_posted then jsonb_build_object(
          'ok', true,
          'transaction_id', e.transaction_id,
          'credit_type', e.credit_type,
          'amount', e.amount,
          'balance', e.balance_before + e.amount,
          'version', e.seq,
          'replayed', false
        )
        else (
          select private.transaction_result(t, true)
          from public.credit_transactions t
          where t.id = coalesce(e.earlier_id, p_outcomes[e.repeats].transaction_id)
        )
      end
      order by e.position
    )
    from unnest(p_entries, p_outcomes) e
  ), '[]'));
end
$$;
comment on function private.batch_result is
  'The result of a batch, {ok: true, results: […]}: of each entry, in their order, what the function that does it alone would return.';

-- Many deductions in one transaction.

create function private.read_deductions(p_entries jsonb, p_wallets public.credits[], p_at timestamptz)
returns private.batch_entry[]
language plpgsql
set search_path = ''
set enable_nestloop = off
as $$
begin
  return (
    select array_agg(
      row(
        e.position, e.user_id, e.credit_type, 'deduction',
        case when e.amount between 1 and private.max_amount() then -e.amount end,
        e.action, e.description, e.reference_id, e.reference_type, e.idempotency_key,
        case
          when e.idempotency_key is not null then coalesce(
            e.request_hash, md5(row('deduct', e.amount, e.credit_type, e.action, e.reference_id)::text)
          )
        end,
        coalesce(e.metadata, '{}'), null, null,
        case
          when (e.amount between 1 and private.max_amount()) is not true then 'invalid_amount'
          when not private.is_key_bounded(e.idempotency_key) then 'invalid_key'
        end,
        null, coalesce(w.available, 0)
      )::private.batch_entry
      order by e.position
    )
    from (
      select
        position, user_id, amount, coalesce(credit_type, 'general') as credit_type, action, description, reference_id,
        reference_type, idempotency_key, request_hash, metadata
      from rows from (
        jsonb_to_recordset(p_entries) as (
          user_id uuid, amount bigint, credit_type text, action text, description text, reference_id text,
          reference_type text, idempotency_key text, request_hash text, metadata jsonb
        )
      ) with ordinality as given (
        user_id, amount, credit_type, action, description, reference_id, reference_type, idempotency_key, request_hash,
        metadata, position
      )
    ) e
    left join (
      select wallet.user_id, wallet.credit_type, private.available_balance(wallet, p_at) as available
      from unnest(p_wallets) wallet
    ) w on w.user_id = e.user_id and w.credit_type = e.credit_type
  );
end
$$;
comment on function private.read_deductions is 'The entries of deduct_many, with what each wallet can pay at p_at.';

create function public.deduct_many(p_entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.deduct';
  refused jsonb := private.refuse_batch(audit_action, p_entries);
  charged_at timestamptz;
  wallets public.credits[];
  entries private.batch_entry[];
  outcomes private.batch_outcome[];
  broken text;
begin
  if refused is not null then
    return refused;
  end if;
  loop
    begin
      wallets := private.lock_wallets(p_entries);
      charged_at := clock_timestamp();
      entries := private.read_deductions(p_entries, wallets, charged_at);
      outcomes := private.judge_batch(entries, 'insufficient_credits');
      wallets := private.expire_due_of_batch(entries, outcomes, wallets, charged_at);
      outcomes := private.number_batch(entries, outcomes, wallets);
      perform private.post_batch(entries, outcomes, wallets);
      return private.batch_result(audit_action, entries, outcomes);
    exception when unique_violation then
      -- Another wallet of the same user used a key meanwhile, which the next look finds.
      get stacked diagnostics broken = constraint_name;
      if broken <> 'credit_transactions_key_is_used_once' then
        raise;
      end if;
    end;
  end loop;
end
$$;
comment on function public.deduct_many is
  'Charges as deduct_credits does, up to 1,000 entries [{"user_id", "amount", "credit_type", "action", "idempotency_key", …}] in one transaction, as if they were sent one by one in their order: each has its own result in "results", and one that is refused does not stop the others.';

grant execute on function public.deduct_many to service_role;

-- Many additions in one transaction.

create function private.open_wallets(p_entries jsonb)
returns public.credits[]
language plpgsql
set search_path = ''
-- A few look-ups by index, whatever the planner thinks of the tables.
set enable_hashjoin = off
set enable_mergejoin = off
set enable_seqscan = off
as $$
declare
  opened public.credits[];
begin
  with missing as (
    select distinct e.user_id, coalesce(e.credit_type, 'general') as credit_type
    from jsonb_to_recordset(p_entries) as e (user_id uuid, credit_type text)
    join public.profiles p on p.id = e.user_id
    join public.credit_types t on t.id = coalesce(e.credit_type, 'general')
    where not exists (
      select from public.credits c where c.user_id = e.user_id and c.credit_type = coalesce(e.credit_type, 'general')
    )
  ),
  inserted as (
    insert into public.credits (user_id, credit_type)
    select user_id, credit_type from missing order by user_id, credit_type
    on conflict do nothing
    returning *
  )
  select array_agg(i::public.credits) into opened from inserted i;
  return opened;
end
$$;
comment on function private.open_wallets is
  'Creates the wallets that a batch lacks, of users and credit types that exist, and returns them: close_unused_wallets takes those back that nothing came into. Call it before any wallet is locked, so that nobody waits in a circle.';

create function private.close_unused_wallets(p_opened public.credits[])
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_opened is not null then
    delete from public.credits c
    using unnest(p_opened) opened
    where c.user_id = opened.user_id
    and c.credit_type = opened.credit_type
    and c.version = 0;
  end if;
end
$$;
comment on function private.close_unused_wallets is
  'Deletes wallets that this transaction opened and added nothing to: a refusal opens no wallet.';

create function private.read_additions(p_entries jsonb, p_wallets public.credits[], p_at timestamptz)
returns private.batch_entry[]
language plpgsql
set search_path = ''
set enable_nestloop = off
as $$
begin
  return (
    select array_agg(
      row(
        e.position, e.user_id, e.credit_type, e.type, e.amount, e.action, e.description, e.reference_id,
        e.reference_type, e.idempotency_key,
        coalesce(
          e.request_hash,
          md5(row('add', e.type, e.amount, e.credit_type, e.action, e.reference_id, e.expires_at, e.priority)::text)
        ),
        coalesce(e.metadata, '{}'), e.expires_at, e.priority,
        case
          when (e.amount between 1 and private.max_amount()) is not true then 'invalid_amount'
          when e.type not in ('purchase', 'subscription_grant', 'signup_bonus', 'promotion') then 'invalid_type'
          when not private.is_key_bounded(e.idempotency_key) then 'invalid_key'
        end,
        case
          when e.expires_at <= p_at then 'already_expired'
          when w.user_id is null then case
            when exists (select from public.profiles p where p.id = e.user_id) then 'unknown_credit_type'
            else 'user_not_found'
          end
        end,
        coalesce(w.headroom, private.max_amount())
      )::private.batch_entry
      order by e.position
    )
    from (
      select
        position, user_id, amount, coalesce(credit_type, 'general') as credit_type, coalesce(type, 'purchase') as type,
        action, description, reference_id, reference_type, expires_at, coalesce(priority, 0) as priority,
        idempotency_key, request_hash, metadata
      from rows from (
        jsonb_to_recordset(p_entries) as (
          user_id uuid, amount bigint, credit_type text, type text, action text, description text, reference_id text,
          reference_type text, expires_at timestamptz, priority integer, idempotency_key text, request_hash text,
          metadata jsonb
        )
      ) with ordinality as given (
        user_id, amount, credit_type, type, action, description, reference_id, reference_type, expires_at, priority,
        idempotency_key, request_hash, metadata, position
      )
    ) e
    left join (
      select wallet.user_id, wallet.credit_type, private.headroom(wallet) as headroom
      from unnest(p_wallets) wallet
    ) w on w.user_id = e.user_id and w.credit_type = e.credit_type
  );
end
$$;
comment on function private.read_additions is 'The entries of add_many, with what each wallet can take in at p_at.';

create function private.add_in_turn(
  p_audit_action text,
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_users uuid[]
)
returns private.batch_outcome[]
language plpgsql
set search_path = ''
as $$
declare
  outcomes private.batch_outcome[] := p_outcomes;
  entry private.batch_entry;
  outcome private.batch_outcome;
begin
  for entry in
    select *
    from unnest(p_entries)
    where user_id = any (p_users)
    and fault is distinct from 'invalid_key'
    order by user_id, position
  loop
    outcome := null;
    outcome.result := private.add_credits(
      p_audit_action, entry.user_id, entry.amount, entry.credit_type, entry.type, entry.action, entry.description,
      entry.reference_id, entry.reference_type, entry.expires_at, entry.priority, entry.idempotency_key,
      entry.request_hash, entry.metadata
    );
    outcomes[entry.position] := outcome;
  end loop;
  return outcomes;
end
$$;
comment on function private.add_in_turn is
  'Adds for users with a debt, which every addition repays before the next one comes in: each entry alone.';

create function public.add_many(p_entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.add';
  refused jsonb := private.refuse_batch(audit_action, p_entries);
  added_at timestamptz;
  opened public.credits[];
  wallets public.credits[];
  debtors uuid[];
  entries private.batch_entry[];
  outcomes private.batch_outcome[];
  broken text;
begin
  if refused is not null then
    return refused;
  end if;
  loop
    begin
      opened := private.open_wallets(p_entries);
      wallets := private.lock_wallets(p_entries);
      added_at := clock_timestamp();
      entries := private.read_additions(p_entries, wallets, added_at);
      outcomes := private.judge_batch(entries, 'balance_limit');
      select array_agg(distinct w.user_id) into debtors from unnest(wallets) w where w.debt > 0;
      if debtors is not null then
        outcomes := private.add_in_turn(audit_action, entries, outcomes, debtors);
      end if;
      wallets := private.expire_due_of_batch(entries, outcomes, wallets, added_at);
      outcomes := private.number_batch(entries, outcomes, wallets);
      perform private.post_batch(entries, outcomes, wallets);
      perform private.close_unused_wallets(opened);
      return private.batch_result(audit_action, entries, outcomes);
    exception when unique_violation then
      -- Another wallet of the same user used a key meanwhile, which the next look finds.
      get stacked diagnostics broken = constraint_name;
      if broken <> 'credit_transactions_key_is_used_once' then
        raise;
      end if;
    end;
  end loop;
end
$$;
comment on function public.add_many is
  'Adds as add_credits does, up to 1,000 entries [{"user_id", "amount", "credit_type", "type", "expires_at", "idempotency_key", …}] in one transaction, as if they were sent one by one in their order: each has its own result in "results", and one that is refused does not stop the others.';

grant execute on function public.add_many to service_role;

-- What an admin changes by hand: a balance or a membership.

create function public.adjust_credits(
  p_user_id uuid,
  p_amount bigint,
  p_reason text,
  p_actor_id uuid,
  p_credit_type text default 'general',
  p_idempotency_key text default null,
  p_metadata jsonb default '{}'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.adjust';
  wallet public.credits;
  adjusted_at timestamptz;
  available bigint;
  result jsonb;
  entry public.credit_transactions;
  request_hash text := md5(row('adjust', p_amount, p_credit_type, p_actor_id)::text);
  asked jsonb := jsonb_build_object('requested_amount', p_amount, 'credit_type', p_credit_type, 'given_reason', p_reason);
begin
  result := coalesce(
    private.refuse_unless_admin(audit_action, p_user_id, p_actor_id, asked),
    private.refuse_without_reason(audit_action, p_user_id, p_reason, p_actor_id, asked)
  );
  if result is not null then
    return result;
  end if;
  if p_amount is null or p_amount = 0 or p_amount not between -private.max_amount() and private.max_amount() then
    return private.refuse(
      audit_action, p_user_id, 'invalid_amount', 'The amount must be a whole number of credits, not zero.', asked, p_actor_id
    );
  end if;

  wallet := private.lock_wallet(p_user_id, p_credit_type);
  if p_idempotency_key is not null then
    result := private.find_replay(p_user_id, p_idempotency_key, request_hash, audit_action);
    if result is not null then
      return result;
    end if;
  end if;
  adjusted_at := clock_timestamp();
  available := coalesce(private.available_balance(wallet, adjusted_at), 0);
  if available + p_amount < 0 then
    return private.refuse(
      audit_action,
      p_user_id,
      'insufficient_credits',
      format('%s credits cannot be removed: the balance is %s.', -p_amount, available),
      asked || jsonb_build_object('balance', available, 'required', -p_amount),
      p_actor_id
    );
  end if;
  if p_amount > private.headroom(wallet) then
    return private.refuse(
      audit_action, p_user_id, 'balance_limit', 'This would take the balance past the largest one that can be kept.', asked,
      p_actor_id
    );
  end if;
  if wallet.user_id is null then
    result := private.open_wallet(p_user_id, p_credit_type, audit_action);
    if result is not null then
      return result;
    end if;
    wallet := private.lock_wallet(p_user_id, p_credit_type);
    -- Whoever opened it concurrently may have used the key.
    result := private.find_replay(p_user_id, p_idempotency_key, request_hash, audit_action);
    if result is not null then
      return result;
    end if;
  end if;

  if p_amount > 0 then
    entry := private.credit(
      wallet, 'admin_adjustment', p_amount, 'admin_adjustment', btrim(p_reason),
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_actor_id => p_actor_id,
      p_metadata => p_metadata
    );
  else
    entry := private.debit(
      wallet, 'admin_adjustment', -p_amount, 'admin_adjustment', btrim(p_reason),
      p_idempotency_key => p_idempotency_key,
      p_request_hash => request_hash,
      p_actor_id => p_actor_id,
      p_metadata => p_metadata,
      p_at => adjusted_at
    );
  end if;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, p_user_id, audit_action, 'success', btrim(p_reason),
    jsonb_build_object(
      'transaction_id', entry.id, 'credit_type', p_credit_type, 'amount', p_amount, 'balance', entry.balance_after
    )
  );
  return private.transaction_result(entry, false);
end
$$;
comment on function public.adjust_credits is
  'An admin adds (positive) or removes (negative) credits, with a reason. Both outcomes are in the audit log.';

create function public.set_membership(
  p_user_id uuid,
  p_tier text default null,
  p_expires_at timestamptz default null,
  p_reason text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'membership.set';
  refused jsonb;
begin
  if p_actor_id is not null then
    refused := private.refuse_unless_admin(audit_action, p_user_id, p_actor_id);
    if refused is not null then
      return refused;
    end if;
  end if;
  if private.tier_level(p_tier) is null then
    return private.refuse(audit_action, p_user_id, 'unknown_tier', 'There is no such membership tier.', '{}', p_actor_id);
  end if;
  update public.profiles
  set
    membership_tier = p_tier,
    membership_expires_at = case when p_tier is not null then p_expires_at end,
    membership_subscription_id = null
  where id = p_user_id;
  if not found then
    return private.refuse(audit_action, p_user_id, 'user_not_found', 'There is no such user.', '{}', p_actor_id);
  end if;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, p_user_id, audit_action, 'success', p_reason,
    jsonb_build_object('tier', p_tier, 'expires_at', p_expires_at)
  );
  return jsonb_build_object('ok', true, 'tier', p_tier, 'expires_at', p_expires_at);
end
$$;
comment on function public.set_membership is
  'Sets a user''s tier by hand until p_expires_at, or removes it (null). Credits already bought stay as they are.';

grant execute on function public.adjust_credits, public.set_membership to service_role;

-- Credit refunds: deductions given back.

create function public.refund_transaction(
  p_transaction_id bigint,
  p_amount bigint default null,
  p_reason text default null,
  p_idempotency_key text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.refund';
  original public.credit_transactions;
  wallet public.credits;
  refund_key text := coalesce(p_idempotency_key, 'refund:' || p_transaction_id);
  refund_hash text := md5(row('refund', p_transaction_id, p_amount)::text);
  refused jsonb;
  replay jsonb;
  refundable bigint;
  entry public.credit_transactions;
begin
  select * into original from public.credit_transactions where id = p_transaction_id;
  if not found then
    return private.refuse(audit_action, null, 'transaction_not_found', 'There is no such transaction.', '{}', p_actor_id);
  end if;
  if p_actor_id is not null then
    refused := private.refuse_unless_admin(audit_action, original.user_id, p_actor_id);
    if refused is not null then
      return refused;
    end if;
  end if;
  if original.type <> 'deduction' then
    return private.refuse(
      audit_action, original.user_id, 'not_refundable', 'Only a deduction can be refunded.', '{}', p_actor_id
    );
  end if;

  wallet := private.lock_wallet(original.user_id, original.credit_type);
  refundable := -original.amount - private.refunded(original.id);
  -- Without a key of its own a deduction is refunded once. Asked for again, it is that refund which is in the way.
  if p_idempotency_key is null and exists (
    select from public.credit_transactions earlier
    where earlier.user_id = original.user_id
    and earlier.idempotency_key = refund_key
    and earlier.request_hash <> refund_hash
  ) then
    return private.refuse(
      audit_action, original.user_id, 'not_refundable',
      case
        when refundable = 0 then 'This transaction has already been refunded.'
        else format(
          '%s of the %s credits of this transaction have already been refunded. To refund more of them, give the refund a key of its own.',
          -original.amount - refundable, -original.amount
        )
      end,
      jsonb_build_object('refundable', refundable), p_actor_id
    );
  end if;
  replay := private.find_replay(original.user_id, refund_key, refund_hash, audit_action);
  if replay is not null then
    return replay;
  end if;
  if exists (select from public.credit_holds where transaction_id = original.id and status = 'open') then
    return private.refuse(
      audit_action, original.user_id, 'hold_open', 'The run this paid for is still going. Refund it when it has ended.', '{}',
      p_actor_id
    );
  end if;
  if refundable = 0 then
    return private.refuse(
      audit_action, original.user_id, 'not_refundable', 'This transaction has already been refunded.', '{}', p_actor_id
    );
  end if;
  if p_amount not between 1 and refundable then
    return private.refuse(
      audit_action,
      original.user_id,
      'invalid_amount',
      format('Between 1 and %s credits of this transaction can be refunded.', refundable),
      jsonb_build_object('refundable', refundable),
      p_actor_id
    );
  end if;
  if coalesce(p_amount, refundable) > private.headroom(wallet) then
    return private.refuse(
      audit_action, original.user_id, 'balance_limit', 'This would take the balance past the largest one that can be kept.',
      '{}', p_actor_id
    );
  end if;

  entry := private.restore(
    original, wallet,
    p_already => private.refunded(original.id),
    p_amount => coalesce(p_amount, refundable),
    p_reason => p_reason,
    p_idempotency_key => refund_key,
    p_request_hash => refund_hash,
    p_actor_id => p_actor_id
  );
  if p_actor_id is not null then
    insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
    values (
      p_actor_id, original.user_id, audit_action, 'success', p_reason,
      jsonb_build_object(
        'transaction_id', entry.id, 'reverses', original.id, 'credit_type', original.credit_type,
        'amount', entry.amount, 'balance', entry.balance_after
      )
    );
  end if;
  return private.transaction_result(entry, false);
end
$$;
comment on function public.refund_transaction is
  'Gives back a deduction, in whole unless an amount is given; all refunds of it together never exceed it. Without a key of its own, once. What an admin gives back is in the audit log.';

grant execute on function public.refund_transaction to service_role;

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

-- The common end of a run: it keeps all it holds.

create function private.keep_hold(
  p_transaction_id bigint,
  p_amount bigint,
  p_response jsonb,
  p_reason text,
  p_run_status text,
  p_cost bigint
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  ended_run_id bigint;
  kept bigint;
  payer_id uuid;
  payer_type text;
  result jsonb;
begin
  begin
    -- Checked again on what the last holder of the lock left: who else ends a hold or adds a slice locks it, too. Not asked
    -- by status, nor the queue by a join: a plan made while few holds are open, or queued, would read all of them for ever.
    update public.credit_holds h
    set status = 'settled', settled_amount = h.amount, reason = p_reason, finished_at = clock_timestamp()
    where h.transaction_id = p_transaction_id
    and h.finished_at is null
    and not h.has_slices
    and h.amount = coalesce(p_amount, h.amount)
    and (select q.run_id from private.queued_runs q where q.run_id = h.run_id) is null
    returning h.run_id, h.amount, h.user_id, h.credit_type into strict ended_run_id, kept, payer_id, payer_type;
  exception when no_data_found then
    -- Postgres keeps a row locked that it waited for, also when it then is left alone. Undone with this block, the lock
    -- is gone before the wallet is locked, which comes first everywhere.
    return null;
  end;
  perform private.finish_run(ended_run_id, p_run_status, kept, p_response);
  if p_cost is not null then
    perform private.note_cost(ended_run_id, p_cost);
  end if;
  select jsonb_build_object(
    'ok', true, 'status', 'settled', 'balance', c.balance, 'version', c.version, 'replayed', false
  )
  into result
  from public.credits c
  where c.user_id = payer_id
  and c.credit_type = payer_type;
  return result;
end
$$;
comment on function private.keep_hold is
  'The common end of a run: settles the one open hold of a run that is in no queue, whole. The wallet does not change, so it is not locked, and nobody who pays from it waits. Null, and nothing done, for any other hold.';

-- After a run: what becomes of its hold.

create function private.end_hold(
  p_hold public.credit_holds,
  p_status text,
  p_keep bigint,
  p_reason text default null,
  p_at timestamptz default clock_timestamp()
)
returns void
language plpgsql
set search_path = ''
as $$
declare
  original public.credit_transactions;
  api_key_id bigint;
begin
  if p_keep < p_hold.amount then
    select r.api_key_id into api_key_id from public.runs r where r.id = p_hold.run_id;
    if api_key_id is not null then
      perform private.count_key_usage(api_key_id, p_hold.credit_type, p_keep - p_hold.amount, p_hold.created_at);
    end if;
    select * into original from public.credit_transactions where id = p_hold.transaction_id;
    perform private.restore(
      original,
      private.lock_wallet(p_hold.user_id, p_hold.credit_type),
      p_already => 0,
      p_amount => p_hold.amount - p_keep,
      p_reason => p_reason,
      p_at => p_at
    );
  end if;
  delete from private.queued_runs where run_id = p_hold.run_id;
  update public.credit_holds
  set
    status = p_status,
    settled_amount = case when p_status = 'settled' then p_keep end,
    reason = p_reason,
    finished_at = clock_timestamp()
  where transaction_id = p_hold.transaction_id;
end
$$;
comment on function private.end_hold is 'Ends an open, locked hold, whose run leaves the queue: keeps p_keep of it and gives the rest back.';

create function private.end_run(
  p_run_id bigint,
  p_run_status text,
  p_hold_status text,
  p_keep bigint,
  p_reason text,
  p_response jsonb
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  hold public.credit_holds;
  wallet public.credits;
  left_to_keep bigint := p_keep;
begin
  for hold in
    select *
    from public.credit_holds
    where run_id = p_run_id
    order by transaction_id
  loop
    perform private.end_hold(hold, p_hold_status, least(hold.amount, left_to_keep), p_reason);
    left_to_keep := left_to_keep - least(hold.amount, left_to_keep);
  end loop;
  perform private.finish_run(p_run_id, p_run_status, p_keep, p_response);
  wallet := private.lock_wallet(hold.user_id, hold.credit_type);
  return jsonb_build_object(
    'ok', true, 'status', p_hold_status, 'balance', wallet.balance, 'version', wallet.version, 'replayed', false
  );
end
$$;
comment on function private.end_run is
  'Ends a run and its open holds, whose wallet is locked: keeps p_keep credits, the first slices first, and gives the rest back.';

create function private.refuse_taken_over(p_audit_action text, p_hold public.credit_holds)
returns jsonb
language sql
set search_path = ''
as $$
  select private.refuse(
    p_audit_action, p_hold.user_id, 'run_taken_over', 'Another worker has taken this run over.',
    jsonb_build_object('transaction_id', p_hold.transaction_id)
  )
$$;
comment on function private.refuse_taken_over is 'The refusal for a worker that has lost its lease.';

create function public.settle_hold(
  p_transaction_id bigint,
  p_amount bigint default null,
  p_response jsonb default null,
  p_reason text default null,
  p_run_status text default 'succeeded',
  p_lease uuid default null,
  p_cost bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- A plan made while these tables are small, and kept by its connection, must not read all of them once they are large.
set enable_seqscan = off
as $$
declare
  audit_action constant text := 'credits.settle';
  hold public.credit_holds;
  held bigint;
  keep bigint;
  result jsonb := private.keep_hold(p_transaction_id, p_amount, p_response, p_reason, p_run_status, p_cost);
begin
  if result is not null then
    return result;
  end if;
  hold := private.lock_hold(p_transaction_id);
  held := private.held(hold.run_id);
  keep := coalesce(p_amount, held);
  if hold.transaction_id is null then
    return private.refuse(audit_action, null, 'hold_not_found', 'There is no such hold.');
  end if;
  if keep not between 0 and held then
    return private.refuse(
      audit_action, hold.user_id, 'invalid_amount', format('Between 0 and %s credits can be settled.', held)
    );
  end if;
  if hold.status = 'settled' and exists (select from public.runs where id = hold.run_id and charged = keep) then
    return jsonb_build_object('ok', true, 'status', hold.status, 'replayed', true);
  end if;
  if hold.status <> 'open' then
    return private.refuse(
      audit_action, hold.user_id, 'hold_closed', format('This hold was %s already.', hold.status),
      jsonb_build_object('status', hold.status, 'transaction_id', hold.transaction_id)
    );
  end if;
  if private.is_taken_over(hold.run_id, p_lease) then
    return private.refuse_taken_over(audit_action, hold);
  end if;
  perform private.note_cost(hold.run_id, p_cost);
  return private.end_run(hold.run_id, p_run_status, 'settled', keep, p_reason, p_response);
end
$$;
comment on function public.settle_hold is
  'After a run: keeps p_amount of what it holds (all of it by default), gives the rest back, and stores the response. A run that was aborted is settled for what it had used.';

create function public.release_hold(
  p_transaction_id bigint,
  p_reason text default null,
  p_response jsonb default null,
  p_run_status text default 'failed',
  p_lease uuid default null,
  p_cost bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- A plan made while these tables are small, and kept by its connection, must not read all of them once they are large.
set enable_seqscan = off
as $$
declare
  audit_action constant text := 'credits.release';
  hold public.credit_holds := private.lock_hold(p_transaction_id);
begin
  if hold.transaction_id is null then
    return private.refuse(audit_action, null, 'hold_not_found', 'There is no such hold.');
  end if;
  if hold.status in ('released', 'expired') then
    return jsonb_build_object('ok', true, 'status', hold.status, 'replayed', true);
  end if;
  if hold.status <> 'open' then
    return private.refuse(
      audit_action, hold.user_id, 'hold_closed', 'This hold was settled already.',
      jsonb_build_object('status', hold.status, 'transaction_id', hold.transaction_id)
    );
  end if;
  if private.is_taken_over(hold.run_id, p_lease) then
    return private.refuse_taken_over(audit_action, hold);
  end if;
  perform private.note_cost(hold.run_id, p_cost);
  return private.end_run(hold.run_id, p_run_status, 'released', 0, p_reason, p_response);
end
$$;
comment on function public.release_hold is
  'After a run that failed: gives back all that it holds, with the reason.';

create function private.release_expired(p_wallet public.credits, p_at timestamptz default clock_timestamp())
returns integer
language plpgsql
set search_path = ''
as $$
declare
  hold public.credit_holds;
  released integer := 0;
begin
  for hold in
    select * from private.lock_overdue(p_wallet, p_at)
  loop
    perform private.end_hold(
      hold, 'expired', 0, 'The run did not end in time, so its credits came back.', p_at => p_at
    );
    -- The slices of a run expire together.
    perform private.finish_run(hold.run_id, 'expired');
    released := released + 1;
  end loop;
  return released;
end
$$;
comment on function private.release_expired is 'Releases the expired holds of a locked wallet and returns how many.';

create function private.make_available(p_wallet public.credits, p_amount bigint, p_at timestamptz)
returns public.credits
language plpgsql
set search_path = ''
as $$
declare
  available constant bigint := private.available_balance(p_wallet, p_at);
begin
  if available >= p_amount then
    return p_wallet;
  end if;
  -- Released credits repay debt first.
  if (available + private.reclaimable(p_wallet, p_at) - p_wallet.debt >= p_amount) is not true then
    return null;
  end if;
  perform private.release_expired(p_wallet, p_at);
  return private.lock_wallet(p_wallet.user_id, p_wallet.credit_type);
end
$$;
comment on function private.make_available is
  'A locked wallet as it can pay p_amount at p_at, once overdue holds are released where that is needed; all null, and nothing changed, if it cannot.';

grant execute on function public.settle_hold, public.release_hold to service_role;

-- What a request for a reservation gets when it comes again.

create function private.replay_reservation(
  p_audit_action text,
  p_user_id uuid,
  p_credit_type text,
  p_idempotency_key text,
  p_request_hash text
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  replay jsonb := private.find_replay(p_user_id, p_idempotency_key, p_request_hash, p_audit_action);
  entry public.credit_transactions;
  hold public.credit_holds;
  run public.runs;
begin
  if not (replay ->> 'ok')::boolean then
    return replay;
  end if;
  select * into entry from public.credit_transactions where id = (replay ->> 'transaction_id')::bigint;
  select * into hold from public.credit_holds where transaction_id = entry.id;
  if hold.status = 'open' and hold.expires_at <= clock_timestamp() then
    -- The run is overdue: release it now instead of waiting for the job.
    perform private.release_expired(private.lock_wallet(p_user_id, p_credit_type));
    select * into hold from public.credit_holds where transaction_id = entry.id;
  end if;
  select * into run from public.runs where id = hold.run_id;
  return private.hold_result(hold, entry, run, true);
end
$$;
comment on function private.replay_reservation is
  'What a repeated reservation gets, whose wallet is locked: the result of the first one, or that it is still running, or a conflict.';

-- Before a run. settle_hold or release_hold ends it; a hold that nobody ends expires and is given back.

create function public.reserve_credits(
  p_user_id uuid,
  p_action text,
  p_prices jsonb,
  p_hold_ms integer,
  p_caller jsonb,
  p_credit_type text default 'general',
  p_required_tier text default null,
  p_rate_requests integer default null,
  p_rate_seconds integer default null,
  p_description text default null,
  p_idempotency_key text default null,
  p_request_hash text default null,
  p_metadata jsonb default '{}',
  p_input jsonb default null,
  p_run jsonb default '{}'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- A plan made while these tables are small, and kept by its connection, must not read all of them once they are large.
set enable_seqscan = off
as $$
declare
  audit_action constant text := 'credits.reserve';
  refused jsonb;
  api_key public.api_keys;
  old_balance bigint;
  old_version bigint;
  nothing_expires boolean;
  threshold bigint;
  has_lower_thresholds boolean;
  is_repeated boolean;
  is_switched_off boolean;
  has_type_rate boolean;
  tier text;
  price bigint;
  reserved_at timestamptz;
  new_metadata jsonb;
  payer public.credits;
  entry public.credit_transactions;
  transaction_id bigint;
  new_balance bigint;
  new_version bigint;
  run_id bigint;
  retention interval;
  expires_at timestamptz;
  held_at timestamptz;
  result jsonb;
begin
  -- The wallet's lock. Of everything read here, only what the common case needs: whole rows would cost as much again.
  select c.balance, c.version, c.next_expiry_at is null, c.low_balance_threshold, c.lower_thresholds is not null
  into old_balance, old_version, nothing_expires, threshold, has_lower_thresholds
  from public.credits c
  where c.user_id = p_user_id
  and c.credit_type = p_credit_type
  for no key update;
  -- Behind the lock, which closing the account takes as well. What the product does by itself says so.
  if p_caller ? 'api_key' or (p_caller ->> 'internal' <> '') is not true then
    api_key := private.api_key_of(p_caller);
    refused := private.refuse_spender(audit_action, p_user_id, p_caller, api_key, 'tools:' || p_action);
    if refused is not null then
      return refused;
    end if;
  end if;
  -- In a new statement, which sees what the last holder of the lock wrote. An expired tier is none.
  select
    exists (
      select from public.credit_transactions t where t.user_id = p_user_id and t.idempotency_key = p_idempotency_key
    ),
    exists (select from public.tool_switches s where s.tool = p_action),
    exists (select from public.credit_types c where c.id = p_credit_type and c.rate_requests is not null),
    (
      select p.membership_tier
      from public.profiles p
      where p.id = p_user_id
      and (p.membership_expires_at is null or p.membership_expires_at > clock_timestamp())
    )
  into is_repeated, is_switched_off, has_type_rate, tier;

  -- 1. A repeated request gets the result of the first one, or that it is still running.
  if is_repeated then
    return private.replay_reservation(audit_action, p_user_id, p_credit_type, p_idempotency_key, p_request_hash);
  end if;
  if is_switched_off or p_run ? 'max_cost_per_day' then
    refused := private.refuse_tool(audit_action, p_user_id, p_action, p_run);
    if refused is not null then
      return refused;
    end if;
  end if;

  -- 2. Check both rates, tier and price. Every attempt counts, also one that is refused below.
  if has_type_rate or p_rate_requests is not null then
    refused := private.take_rates(p_user_id, p_action, p_rate_requests, p_rate_seconds, p_credit_type);
    if refused is not null then
      return refused;
    end if;
  end if;
  if p_required_tier is not null and (private.tier_level(tier) >= private.tier_level(p_required_tier)) is not true then
    return private.refuse_attempt(p_user_id, p_action, private.refuse(
      audit_action,
      p_user_id,
      'membership_required',
      format(
        'This needs the %s membership.',
        coalesce((select name from public.membership_tiers where id = p_required_tier), p_required_tier)
      ),
      jsonb_build_object('required_tier', p_required_tier, 'tier', tier, 'action', p_action)
    ));
  end if;
  price := coalesce((p_prices ->> tier)::bigint, (p_prices ->> 'default')::bigint);
  if price is null or price not between 1 and private.max_amount() then
    return private.refuse(audit_action, p_user_id, 'invalid_amount', 'The price must be a positive whole number of credits.');
  end if;

  -- 3. Check the budgets of the key.
  if api_key.id is not null then
    refused := private.refuse_over_budget(audit_action, api_key.id, p_credit_type, price);
    if refused is not null then
      return private.refuse_attempt(p_user_id, p_action, refused);
    end if;
  end if;

  -- 4. Check the balance and debit the price: at once where nothing expires and no threshold is crossed, as
  -- deduct_credits does; else overdue holds are released first.
  new_balance := old_balance - price;
  new_version := old_version + 1;
  new_metadata := coalesce(p_metadata, '{}') || jsonb_build_object('price', price, 'prices', p_prices, 'tier', tier);
  if new_balance >= 0 and nothing_expires
    and (new_balance >= threshold or old_balance < threshold and not has_lower_thresholds) is not false then
    update public.credits
    set
      balance = new_balance,
      total_used = total_used + price,
      version = new_version,
      updated_at = clock_timestamp()
    where user_id = p_user_id
    and credit_type = p_credit_type;
    insert into public.credit_transactions (
      user_id, credit_type, seq, type, amount, balance_before, balance_after, action, description, reference_type,
      idempotency_key, request_hash, metadata
    )
    values (
      p_user_id, p_credit_type, new_version, 'deduction', -price, old_balance, new_balance, p_action, p_description,
      'tool', p_idempotency_key, p_request_hash, new_metadata
    )
    returning id into transaction_id;
  else
    reserved_at := clock_timestamp();
    payer := private.make_available(private.lock_wallet(p_user_id, p_credit_type), price, reserved_at);
    if payer.user_id is null then
      payer := private.lock_wallet(p_user_id, p_credit_type);
      return private.refuse_attempt(p_user_id, p_action, private.refuse_insufficient(
        audit_action, p_user_id, p_credit_type, coalesce(private.available_balance(payer, reserved_at), 0), price
      ));
    end if;
    entry := private.debit(
      payer, 'deduction', price, p_action, p_description,
      p_reference_type => 'tool',
      p_idempotency_key => p_idempotency_key,
      p_request_hash => p_request_hash,
      p_metadata => new_metadata,
      p_at => reserved_at
    );
    transaction_id := entry.id;
    new_balance := entry.balance_after;
    new_version := entry.seq;
  end if;

  -- 5. Open the run, and hold the price for it.
  retention := make_interval(secs => coalesce((p_run ->> 'retention_seconds')::integer, 86400));
  insert into public.runs (
    user_id, credit_type, tool, api_key_id, source, input, full_input, status, retention, earliest_purge_at
  )
  values (
    p_user_id, p_credit_type, p_action, api_key.id,
    coalesce(p_run ->> 'source', case when api_key.id is null then 'page' else 'api_key' end),
    p_input,
    nullif(p_run -> 'full_input', 'null'),
    case when p_run ? 'max_attempts' then 'queued' else 'running' end,
    retention,
    clock_timestamp() + retention
  )
  returning id into run_id;
  if p_run ? 'max_cost' then
    insert into private.run_costs (run_id, tool, micros) values (run_id, p_action, (p_run ->> 'max_cost')::bigint);
  end if;
  if p_run ? 'max_attempts' then
    insert into private.queued_runs (run_id, user_id, max_attempts)
    values (run_id, p_user_id, (p_run ->> 'max_attempts')::smallint);
  end if;
  expires_at := clock_timestamp() + make_interval(secs => p_hold_ms / 1000.0);
  insert into public.credit_holds (transaction_id, run_id, user_id, credit_type, action, amount, expires_at)
  values (transaction_id, run_id, p_user_id, p_credit_type, p_action, price, expires_at)
  returning created_at into held_at;
  -- As hold_result of the rows would be.
  result := jsonb_build_object(
    'ok', true,
    'transaction_id', transaction_id,
    'credit_type', p_credit_type,
    'amount', -price,
    'balance', new_balance,
    'version', new_version,
    'replayed', false,
    'run_id', run_id,
    'tier', tier,
    'status', 'open',
    'settled_amount', null,
    'stored_response', null,
    'expires_at', expires_at
  );
  if api_key.id is not null then
    perform private.count_key_usage(api_key.id, p_credit_type, price, held_at);
    result := result
      || jsonb_build_object('rate', private.rate_left(p_user_id::text, p_action, p_rate_requests, p_rate_seconds));
  end if;
  return result;
end
$$;
comment on function public.reserve_credits is
  'Charges for what may still fail, such as every run of a tool (deduct_credits is for what is done already): answers a repeated request, checks the rates of the tool and of its credit type, tier, balance and the budgets of a key of the API, picks the price of the tier ({"default": 2, "pro": 1}), debits it, and opens a run with a hold that lasts p_hold_ms. p_run says how it is kept: {"source", "full_input", "retention_seconds"}, with "max_attempts" it is queued for a worker, with "max_cost" and "max_cost_per_day" (millionths of a US dollar) its cost to the owner is kept within the day''s. One round trip.';

grant execute on function public.reserve_credits to service_role;

-- Reservations of one server that come together, in one transaction.

create function public.reserve_many(p_entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_batch('credits.reserve', p_entries);
  entry record;
  results jsonb[] := array_fill(null::jsonb, array[jsonb_array_length(p_entries)]);
begin
  if refused is not null then
    return refused;
  end if;
  perform private.lock_wallets(p_entries);
  for entry in
    select *
    from rows from (
      jsonb_to_recordset(p_entries) as (
        user_id uuid, action text, prices jsonb, hold_ms integer, caller jsonb, credit_type text, required_tier text,
        rate_requests integer, rate_seconds integer, description text, idempotency_key text, request_hash text,
        metadata jsonb, input jsonb, run jsonb
      )
    ) with ordinality as given (
      user_id, action, prices, hold_ms, caller, credit_type, required_tier, rate_requests, rate_seconds, description,
      idempotency_key, request_hash, metadata, input, run, position
    )
    -- In the order in which two batches never wait in a circle for what a tool may cost a day.
    order by action, user_id, position
  loop
    results[entry.position] := public.reserve_credits(
      entry.user_id, entry.action, entry.prices, entry.hold_ms, entry.caller, coalesce(entry.credit_type, 'general'),
      entry.required_tier, entry.rate_requests, entry.rate_seconds, entry.description, entry.idempotency_key,
      entry.request_hash, entry.metadata, entry.input, coalesce(entry.run, '{}')
    );
  end loop;
  return jsonb_build_object('ok', true, 'results', to_jsonb(results));
end
$$;
comment on function public.reserve_many is
  'Reserves as reserve_credits does, for up to 1,000 entries with its arguments [{"user_id", "action", "prices", …}] in one transaction: each has its own result in "results". An entry that fails, instead of being refused, fails all of them.';

grant execute on function public.reserve_many to service_role;

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

-- Runs of one server that end together, in one transaction.

create function public.settle_many(p_entries jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- A plan made while these tables are small, and kept by its connection, must not read all of them once they are large.
set enable_seqscan = off
as $$
declare
  refused jsonb := private.refuse_batch('credits.settle', p_entries);
  entry record;
  results jsonb[];
begin
  if refused is not null then
    return refused;
  end if;
  results := array_fill(null::jsonb, array[jsonb_array_length(p_entries)]);
  -- Wallets before holds, as everybody locks them: of those that keep_hold will not settle. Should another one turn out so
  -- once its hold is locked, and meet who waits for that hold, the batch fails, and its entries are sent one by one.
  perform private.lock_wallets((
    select coalesce(jsonb_agg(jsonb_build_object('user_id', h.user_id, 'credit_type', h.credit_type)), '[]')
    from jsonb_to_recordset(p_entries) as e (transaction_id bigint, amount bigint)
    join public.credit_holds h on h.transaction_id = e.transaction_id
    where h.finished_at is not null
    or h.has_slices
    or h.amount <> e.amount
    or (select q.run_id from private.queued_runs q where q.run_id = h.run_id) is not null
  ));
  for entry in
    select *
    from rows from (
      jsonb_to_recordset(p_entries) as (
        transaction_id bigint, amount bigint, response jsonb, reason text, run_status text, lease uuid, cost bigint
      )
    ) with ordinality as given (transaction_id, amount, response, reason, run_status, lease, cost, position)
    -- In the order in which two batches never wait in a circle.
    order by transaction_id, position
  loop
    results[entry.position] := public.settle_hold(
      entry.transaction_id, entry.amount, entry.response, entry.reason, coalesce(entry.run_status, 'succeeded'),
      entry.lease, entry.cost
    );
  end loop;
  return jsonb_build_object('ok', true, 'results', to_jsonb(results));
end
$$;
comment on function public.settle_many is
  'Settles as settle_hold does, for up to 1,000 entries with its arguments [{"transaction_id", "amount", "response", …}] in one transaction: each has its own result in "results". An entry that fails, instead of being refused, fails all of them.';

grant execute on function public.settle_many to service_role;

-- What a worker that has a run in the background owes: to be heard of before its lease is over.

create function private.hold_while_leased(p_queued private.queued_runs)
returns void
language sql
set search_path = ''
as $$
  update public.credit_holds
  set expires_at = p_queued.due_at + case
    -- Time for another worker to pick it up.
    when p_queued.attempts < p_queued.max_attempts then interval '10 minutes'
    else interval '0'
  end
  where run_id = p_queued.run_id
  and status = 'open'
$$;
comment on function private.hold_while_leased is
  'Lets the holds of a claimed run expire with its lease, or later when the run may be tried again.';

create function private.renew_lease(p_run_id bigint, p_lease uuid, p_lease_ms integer)
returns boolean
language plpgsql
set search_path = ''
as $$
declare
  queued private.queued_runs;
begin
  update private.queued_runs
  set due_at = clock_timestamp() + make_interval(secs => p_lease_ms / 1000.0)
  where run_id = p_run_id
  and lease = p_lease
  returning * into queued;
  if not found then
    return false;
  end if;
  perform private.hold_while_leased(queued);
  return true;
end
$$;
comment on function private.renew_lease is
  'Keeps a run for the worker that has it, whose wallet is locked, and extends its holds. False once the lease is lost.';

-- During a run whose price depends on what flows: more is held before more is delivered.

create function public.extend_hold(p_transaction_id bigint, p_total bigint, p_lease uuid default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.extend';
  hold public.credit_holds := private.lock_hold(p_transaction_id);
  held bigint := private.held(hold.run_id);
  extended_at timestamptz := clock_timestamp();
  api_key_id bigint;
  refused jsonb;
  wallet public.credits;
  payer public.credits;
  original public.credit_transactions;
  entry public.credit_transactions;
begin
  if hold.transaction_id is null then
    return private.refuse(audit_action, null, 'hold_not_found', 'There is no such hold.');
  end if;
  if hold.status <> 'open' or hold.expires_at <= extended_at then
    return private.refuse(
      audit_action, hold.user_id, 'hold_closed', 'The run has ended, so it can hold no more credits.',
      jsonb_build_object('status', hold.status, 'transaction_id', hold.transaction_id)
    );
  end if;
  if private.is_taken_over(hold.run_id, p_lease) then
    return private.refuse_taken_over(audit_action, hold);
  end if;
  if p_total is null or p_total not between 1 and private.max_amount() then
    return private.refuse(audit_action, hold.user_id, 'invalid_amount', 'A run holds a positive whole number of credits.');
  end if;

  wallet := private.lock_wallet(hold.user_id, hold.credit_type);
  if p_total <= held then
    return jsonb_build_object(
      'ok', true, 'held', held, 'balance', wallet.balance, 'version', wallet.version, 'replayed', true
    );
  end if;
  select r.api_key_id into api_key_id from public.runs r where r.id = hold.run_id;
  if api_key_id is not null then
    refused := private.refuse_over_budget(audit_action, api_key_id, hold.credit_type, p_total - held);
    if refused is not null then
      return refused;
    end if;
  end if;
  payer := private.make_available(wallet, p_total - held, extended_at);
  if payer.user_id is null then
    return private.refuse_insufficient(
      audit_action, hold.user_id, hold.credit_type, private.available_balance(wallet, extended_at), p_total - held
    );
  end if;

  select * into original from public.credit_transactions where id = hold.transaction_id;
  entry := private.debit(
    payer, 'deduction', p_total - held, original.action, original.description, original.reference_id,
    original.reference_type,
    p_metadata => original.metadata || jsonb_build_object('price', p_total - held, 'continues', original.id),
    p_at => extended_at
  );
  update public.credit_holds set has_slices = true where run_id = hold.run_id and not has_slices;
  insert into public.credit_holds (
    transaction_id, run_id, user_id, credit_type, action, amount, has_slices, expires_at
  )
  values (
    entry.id, hold.run_id, hold.user_id, hold.credit_type, hold.action, p_total - held, true, hold.expires_at
  )
  returning * into hold;
  if api_key_id is not null then
    perform private.count_key_usage(api_key_id, hold.credit_type, p_total - held, hold.created_at);
  end if;
  return jsonb_build_object(
    'ok', true, 'held', p_total, 'balance', entry.balance_after, 'version', entry.seq, 'replayed', false
  );
end
$$;
comment on function public.extend_hold is
  'Holds p_total credits for a run in all: debits what is missing as a hold of its own, which ends with the run. A total that is held already debits nothing, so that a repeated call is paid once.';

grant execute on function public.extend_hold to service_role;

-- While a run goes on: what it reports, how it is canceled. After it: how its user deletes it.

create function private.refusal_response(p_status integer, p_code text, p_message text)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object('status', p_status, 'body', jsonb_build_object('error', p_code, 'message', p_message))
$$;
comment on function private.refusal_response is 'A stored response that says why a run has no result.';

create function private.cancel_waiting(p_run_id bigint)
returns void
language sql
set search_path = ''
as $$
  select private.end_run(
    p_run_id, 'aborted', 'released', 0, 'The run was canceled before it did anything.',
    private.refusal_response(409, 'run_canceled', 'The run was canceled. You were not charged.')
  )
$$;
comment on function private.cancel_waiting is
  'Ends a canceled run that no process has, whose wallet is locked, and gives it back.';

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
  -- A key cancels what it started, and nothing else; a person whatever is theirs.
  if run.id is null or (p_caller ? 'api_key' and run.api_key_id is distinct from api_key.id) then
    return private.refuse(audit_action, p_user_id, 'run_not_found', 'There is no such run.');
  end if;
  -- Behind the lock, which a worker that claims the run takes as well.
  perform private.lock_wallet(run.user_id, run.credit_type);
  update public.runs
  set cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp())
  where id = run.id
  and finished_at is null
  returning * into run;
  if run.status = 'queued' then
    perform private.cancel_waiting(run.id);
  end if;
  return jsonb_build_object('ok', true, 'status', (select status from public.runs where id = p_run_id));
end
$$;
comment on function public.cancel_run is
  'Cancels a run: one that waits ends at once and is given back; one that goes on is ended, and with it the hold, by the process that runs it. One that has ended stays as it is. Returns how the run stands.';

create function public.report_run(
  p_run_id bigint,
  p_progress jsonb default null,
  p_lease uuid default null,
  p_lease_ms integer default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  run public.runs;
  is_lost boolean := false;
begin
  select * into run from public.runs where id = p_run_id;
  if p_lease is not null then
    perform private.lock_wallet(run.user_id, run.credit_type);
    is_lost := not private.renew_lease(p_run_id, p_lease, p_lease_ms);
  end if;
  if not is_lost then
    update public.runs
    set progress = coalesce(p_progress, progress)
    where id = p_run_id
    and finished_at is null
    returning * into run;
  end if;
  return jsonb_build_object(
    'ok', true, 'is_lost', is_lost, 'is_cancel_requested', run.cancel_requested_at is not null
  );
end
$$;
comment on function public.report_run is
  'For the process that runs it: keeps the progress of a run, renews its lease and with it the hold, and tells whether the run is to end, or is lost to another worker.';

create function public.delete_run(p_user_id uuid, p_caller jsonb, p_run_id bigint)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'run.delete';
  run public.runs;
  refused jsonb := private.refuse_caller(audit_action, p_user_id, p_caller);
begin
  if refused is not null then
    return refused;
  end if;
  select * into run from public.runs where id = p_run_id and user_id = p_user_id for no key update;
  if run.id is null then
    return private.refuse(audit_action, p_user_id, 'run_not_found', 'There is no such run.');
  end if;
  if run.finished_at is null then
    return private.refuse(audit_action, p_user_id, 'run_in_flight', 'This run is still going. Cancel it first.');
  end if;
  update public.runs
  set
    input = null,
    full_input = null,
    stored_response = null,
    earliest_purge_at = null,
    deleted_at = coalesce(deleted_at, clock_timestamp())
  where id = run.id;
  return jsonb_build_object('ok', true, 'replayed', run.deleted_at is not null);
end
$$;
comment on function public.delete_run is
  'Deletes what a run of one''s own was asked and answered, and takes it out of the lists. What it cost stays in the ledger.';

grant execute on function public.cancel_run, public.report_run, public.delete_run to service_role;

-- Workers: they claim runs from the queue, and put back what may be tried again.

create function private.describe_claim(p_queued private.queued_runs, p_run public.runs, p_wallet public.credits)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'run_id', p_run.id,
    'lease', p_queued.lease,
    'tool', p_run.tool,
    'input', p_run.full_input,
    'user_id', p_run.user_id,
    'email', (select email from public.profiles where id = p_run.user_id),
    'transaction_id', (select min(transaction_id) from public.credit_holds where run_id = p_run.id),
    'held', private.held(p_run.id),
    'balance', p_wallet.balance,
    'version', p_wallet.version,
    'tier', (
      select t.metadata -> 'tier'
      from public.credit_holds h
      join public.credit_transactions t on t.id = h.transaction_id
      where h.run_id = p_run.id
      order by t.id
      limit 1
    )
  )
$$;
comment on function private.describe_claim is 'What a worker needs of a run that it has claimed.';

create function public.claim_run(p_lease_ms integer, p_max_per_user integer, p_max_in_all integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  claimed_at timestamptz;
  queued private.queued_runs;
  run public.runs;
  wallet public.credits;
begin
  -- One claim at a time, or the limits would not be exact. Nothing below waits for a lock, so this is short.
  perform pg_advisory_xact_lock(hashtextextended('claim_run', 0));
  claimed_at := clock_timestamp();
  if (select count(*) from private.queued_runs where lease is not null and due_at > claimed_at) >= p_max_in_all then
    return jsonb_build_object('ok', true, 'claim', null);
  end if;

  for queued in
    select q.*
    from private.queued_runs q
    where q.due_at <= claimed_at
    and (
      select count(*)
      from private.queued_runs busy
      where busy.user_id = q.user_id
      and busy.lease is not null
      and busy.due_at > claimed_at
    ) < p_max_per_user
    order by q.due_at, q.run_id
    limit 100
    for update of q skip locked
  loop
    select * into run from public.runs where id = queued.run_id;
    -- Everything that ends a run has its wallet locked: this one is either ended here or claimed, never both.
    select * into wallet
    from public.credits
    where user_id = run.user_id
    and credit_type = run.credit_type
    for no key update skip locked;
    continue when not found;
    select * into run from public.runs where id = queued.run_id;
    if run.cancel_requested_at is not null then
      perform private.cancel_waiting(run.id);
    elsif queued.attempts >= queued.max_attempts then
      perform private.end_run(
        run.id, 'expired', 'expired', 0, 'The run did not end in time, so its credits came back.', null
      );
    else
      update private.queued_runs
      set
        lease = gen_random_uuid(),
        attempts = attempts + 1,
        due_at = claimed_at + make_interval(secs => p_lease_ms / 1000.0)
      where run_id = run.id
      returning * into queued;
      perform private.hold_while_leased(queued);
      update public.runs set status = 'running' where id = run.id;
      return jsonb_build_object('ok', true, 'claim', private.describe_claim(queued, run, wallet));
    end if;
  end loop;
  return jsonb_build_object('ok', true, 'claim', null);
end
$$;
comment on function public.claim_run is
  'Gives a worker the next run in the background that waits, or whose worker has not been heard of for its lease, unless p_max_per_user runs of its user go on, or p_max_in_all altogether. One that has been tried as often as it may is given back. The claim is null when there is none.';

create function public.requeue_run(p_run_id bigint, p_lease uuid, p_delay_ms integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  run public.runs;
  queued private.queued_runs;
begin
  select * into run from public.runs where id = p_run_id;
  perform private.lock_wallet(run.user_id, run.credit_type);
  update private.queued_runs
  set lease = null, due_at = clock_timestamp() + make_interval(secs => p_delay_ms / 1000.0)
  where run_id = p_run_id
  and lease = p_lease
  and attempts < max_attempts
  returning * into queued;
  if not found then
    return jsonb_build_object('ok', true, 'is_queued', false);
  end if;
  update public.runs set status = 'queued', progress = null where id = p_run_id;
  update public.credit_holds
  set expires_at = queued.due_at + interval '1 hour'
  where run_id = p_run_id
  and status = 'open';
  return jsonb_build_object('ok', true, 'is_queued', true);
end
$$;
comment on function public.requeue_run is
  'Puts a run that failed back into the queue of who has its lease, to be tried again after p_delay_ms; not one that was tried as often as it may.';

grant execute on function public.claim_run, public.requeue_run to service_role;

-- Tools for admins: switched off and on, and what they earn.

create function public.set_tool_switch(p_actor_id uuid, p_tool text, p_message text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'tool.switch';
  details constant jsonb := jsonb_build_object('tool', p_tool, 'is_off', p_message is not null);
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id, details);
begin
  if refused is null and p_message is not null then
    refused := private.refuse_without_reason(audit_action, null, p_message, p_actor_id, details);
  end if;
  if refused is not null then
    return refused;
  end if;
  delete from public.tool_switches where tool = p_tool;
  if p_message is not null then
    insert into public.tool_switches (tool, message) values (p_tool, btrim(p_message));
  end if;
  insert into public.audit_logs (actor_id, action, outcome, reason, details)
  values (p_actor_id, audit_action, 'success', btrim(p_message), details);
  return jsonb_build_object('ok', true, 'is_off', p_message is not null);
end
$$;
comment on function public.set_tool_switch is
  'Switches a tool off with a sentence for its users, or on again without one. Runs that go on end as usual.';

create function public.tool_figures(p_since timestamptz)
returns table (tool text, credit_type text, runs bigint, charged bigint, cost_micros bigint, below_cost bigint)
language sql
stable
security definer
set search_path = ''
as $$
  select
    r.tool,
    r.credit_type,
    count(*),
    sum(r.charged)::bigint,
    coalesce(sum(c.micros), 0)::bigint,
    count(*) filter (where c.micros > 0 and r.charged = 0)
  from public.runs r
  left join private.run_costs c on c.run_id = r.id
  where r.created_at >= p_since
  group by r.tool, r.credit_type
  order by r.tool, r.credit_type
$$;
comment on function public.tool_figures is
  'What each tool earned since then, in credits, and cost the owner, in millionths of a US dollar; below_cost counts its runs that cost something and charged nothing.';

grant execute on function public.set_tool_switch, public.tool_figures to service_role;

-- When each job last ran, and what came of it: a scheduler that stopped is otherwise noticed by nobody.

create table public.job_runs (
  job text primary key constraint job_runs_job_is_a_slug check (job ~ '^[a-z][a-z-]{0,39}$'),
  ran_at timestamptz not null default clock_timestamp(),
  result jsonb,
  error text
);
comment on table public.job_runs is 'The last run of each job. A job without a row has never run.';
comment on column public.job_runs.result is 'What it counted, of its last run that succeeded.';
comment on column public.job_runs.error is 'Why its last run failed; null when it succeeded.';

create function public.record_job_run(p_job text, p_result jsonb default null, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.job_runs (job, result, error)
  values (p_job, p_result, left(p_error, 500))
  on conflict (job) do nothing;
  if not found then
    update public.job_runs
    set ran_at = clock_timestamp(), result = coalesce(p_result, result), error = left(p_error, 500)
    where job = (
      select job
      from public.job_runs
      where job = p_job
      -- Jobs hold locks on wallets, so they never wait here: of two at once, one is recorded.
      for update skip locked
    );
  end if;
  return jsonb_build_object('ok', true, 'recorded', found);
end
$$;
comment on function public.record_job_run is 'Records that a job ran now: what it counted, or why it failed.';

create function private.end_job(p_job text, p_result jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
begin
  perform public.record_job_run(
    p_job,
    p_result,
    case
      when (p_result ->> 'failed')::integer > 0 then format('%s wallets failed; the log of the database says why.', p_result ->> 'failed')
    end
  );
  return p_result;
end
$$;
comment on function private.end_job is
  'The result of a job that is a function of the database, once its run is recorded: whoever calls it, pg_cron or the app.';

alter table public.job_runs enable row level security;

create policy "admins read when jobs ran"
on public.job_runs for select to authenticated
using ((select private.is_admin()));

grant select on public.job_runs to authenticated, service_role;
grant execute on function public.record_job_run to service_role;

alter publication supabase_realtime add table public.job_runs;

-- Jobs: the first two run every minute, the others every day. Each may run at any time, twice, or in parallel.

create function public.release_expired_holds(p_limit integer default 500)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  wallet record;
  released integer := 0;
  failed integer := 0;
begin
  for wallet in
    select distinct user_id, credit_type
    from (
      select user_id, credit_type
      from public.credit_holds
      where status = 'open'
      and expires_at <= clock_timestamp()
      order by expires_at
      limit p_limit
    ) due
    -- All who lock several wallets do so in one order, which prevents deadlocks.
    order by user_id, credit_type
  loop
    begin
      released := released + private.release_expired(private.lock_wallet(wallet.user_id, wallet.credit_type));
    exception
      -- One wallet that fails must not stop the others.
      when others then
        failed := failed + 1;
        raise warning 'holds of % (%) could not be released: %', wallet.user_id, wallet.credit_type, sqlerrm;
    end;
  end loop;
  return private.end_job('release-expired-holds', jsonb_build_object('ok', true, 'released', released, 'failed', failed));
end
$$;
comment on function public.release_expired_holds is 'Releases the holds of runs that never ended, as when a server was killed.';

create function public.expire_grants(p_limit integer default 500)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  wallet record;
  swept integer := 0;
  failed integer := 0;
begin
  for wallet in
    select user_id, credit_type
    from (
      select user_id, credit_type
      from public.credits
      where next_expiry_at <= clock_timestamp()
      order by next_expiry_at
      limit p_limit
    ) due
    order by user_id, credit_type
  loop
    begin
      perform private.expire_due(private.lock_wallet(wallet.user_id, wallet.credit_type));
      swept := swept + 1;
    exception
      when others then
        failed := failed + 1;
        raise warning 'grants of % (%) could not be expired: %', wallet.user_id, wallet.credit_type, sqlerrm;
    end;
  end loop;
  return private.end_job('expire-grants', jsonb_build_object('ok', true, 'wallets', swept, 'failed', failed));
end
$$;
comment on function public.expire_grants is 'Posts the expiry of due grants in wallets that nobody has used since.';

create function public.purge_rate_limits(p_idle interval default '1 day')
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  purged integer;
begin
  delete from private.rate_limits where next_free_at < clock_timestamp() - p_idle;
  get diagnostics purged = row_count;
  return private.end_job('purge-rate-limits', jsonb_build_object('ok', true, 'purged', purged));
end
$$;
comment on function public.purge_rate_limits is 'Deletes the counters of users who have not used an action for p_idle.';

create function public.purge_stored_responses(p_limit integer default 5000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  purged integer;
begin
  update public.runs
  set stored_response = null, input = null, full_input = null, earliest_purge_at = null
  where id in (
    select id
    from public.runs
    where earliest_purge_at <= clock_timestamp()
    and purge_at <= clock_timestamp()
    limit p_limit
    for update skip locked
  );
  get diagnostics purged = row_count;
  return private.end_job('purge-stored-responses', jsonb_build_object('ok', true, 'purged', purged));
end
$$;
comment on function public.purge_stored_responses is
  'Deletes what runs were asked and their stored responses once their retention is over. The runs, their holds and the ledger stay.';

grant execute on function
  public.release_expired_holds,
  public.expire_grants,
  public.purge_rate_limits,
  public.purge_stored_responses
to service_role;

-- What the ledger rows of each day add up to. Days are UTC. Of days that are over the sums are kept, so that the figures of
-- a year do not read the ledger of a year.

create view public.credit_sums
with (security_invoker = true)
as
select
  (created_at at time zone 'UTC')::date as day,
  credit_type,
  type,
  sum(amount) as amount,
  coalesce(sum(debt_change), 0) as debt_change,
  count(*) as transactions,
  count(distinct user_id) as people
from public.credit_transactions
group by 1, 2, 3;
comment on view public.credit_sums is 'The ledger, added up by day, credit type and type.';

create table public.credit_days (
  day date not null,
  credit_type text not null references public.credit_types (id),
  type text not null,
  amount bigint not null,
  debt_change bigint not null,
  transactions bigint not null,
  people bigint not null,
  primary key (day, credit_type, type)
);
comment on table public.credit_days is
  'credit_sums of the days until the last one in here, as sum_up_days kept them: the ledger is append-only, so they stay true.';

alter table public.credit_days enable row level security;

create policy "admins read the sums of days"
on public.credit_days for select to authenticated
using ((select private.is_admin()));

create function public.sum_up_days(p_limit integer default 100)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  kept_until constant date := coalesce((select max(day) from public.credit_days), '-infinity');
  -- Yesterday can wait: a row is written before its transaction ends, which may be after midnight.
  today constant date := (clock_timestamp() at time zone 'UTC')::date;
  first_day constant date := (
    select (min(created_at) at time zone 'UTC')::date
    from public.credit_transactions
    where created_at >= (kept_until + 1)::timestamp at time zone 'UTC'
  );
  added integer;
begin
  with kept as (
    insert into public.credit_days (day, credit_type, type, amount, debt_change, transactions, people)
    select s.day, s.credit_type, s.type, s.amount, s.debt_change, s.transactions, s.people
    from public.credit_sums s
    where s.day >= first_day
    and s.day < least(first_day + p_limit, today - 1)
    -- Of two jobs at once, the second finds what the first has kept.
    on conflict do nothing
    returning day
  )
  select count(distinct day) into added from kept;
  return private.end_job('sum-up-days', jsonb_build_object('ok', true, 'days', added));
end
$$;
comment on function public.sum_up_days is
  'Keeps the sums of the days that are over, up to p_limit of them in a row, the oldest first.';

create function private.verify_days()
returns table (invariant text, user_id uuid, credit_type text, transaction_id bigint, detail text)
language sql
stable
set search_path = ''
as $$
  select 'days_match_ledger', null::uuid, coalesce(d.credit_type, s.credit_type), null::bigint,
    format('%s, %s: %s kept, %s in the ledger', coalesce(d.day, s.day), coalesce(d.type, s.type), to_jsonb(d), to_jsonb(s))
  from public.credit_days d
  full join (
    select * from public.credit_sums where day <= (select max(day) from public.credit_days)
  ) s on (s.day, s.credit_type, s.type) = (d.day, d.credit_type, d.type)
  where (s.amount, s.debt_change, s.transactions, s.people)
    is distinct from (d.amount::numeric, d.debt_change::numeric, d.transactions, d.people)
$$;
comment on function private.verify_days is 'The part of verify_ledger about the sums of days that are kept.';

grant select on public.credit_sums, public.credit_days to authenticated, service_role;
grant execute on function public.sum_up_days to service_role;

-- The mails about credits that are about to expire.

create function public.queue_expiring_mails(p_limit integer default 1000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  notice constant interval := '7 days';
  due record;
  queued integer := 0;
begin
  for due in
    with expiring as (
      select
        g.user_id,
        g.credit_type,
        format('expiring_credits:%s:%s:%s', g.user_id, g.credit_type, (min(g.expires_at) at time zone 'utc')::date) as key,
        sum(g.remaining) as amount,
        min(g.expires_at) as expires_at
      from public.credits c
      join public.credit_grants g using (user_id, credit_type)
      where c.next_expiry_at <= clock_timestamp() + notice
      and g.remaining > 0
      and g.expires_at between clock_timestamp() and clock_timestamp() + notice
      group by g.user_id, g.credit_type, (g.expires_at at time zone 'utc')::date
      -- Credits of a week are not told of as soon as they are there.
      having bool_or(clock_timestamp() >= g.created_at + (g.expires_at - g.created_at) / 2)
    )
    select e.*
    from expiring e
    join public.profiles p on p.id = e.user_id
    where p.closed_at is null
    and private.is_wanted(p, 'expiring_credits')
    and not exists (select from public.mails where business_key = e.key)
    order by e.expires_at, e.key
    limit p_limit
  loop
    perform private.queue_mail(
      due.user_id, 'expiring_credits', due.key,
      jsonb_build_object('amount', due.amount, 'credit_type', due.credit_type, 'expires_at', due.expires_at)
    );
    queued := queued + 1;
  end loop;
  return private.end_job('queue-expiring-mails', jsonb_build_object('ok', true, 'queued', queued));
end
$$;
comment on function public.queue_expiring_mails is
  'A daily job: emails whoever has credits that expire within a week, once for each wallet and day of expiry (in UTC), when at least half of their life is over.';

grant execute on function public.queue_expiring_mails to service_role;

-- Reading a wallet: pages of its ledger and its usage. Both run with the caller's own rights.

create function private.first_seq_since(p_user_id uuid, p_credit_type text, p_at timestamptz)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  low bigint := 1;
  high bigint;
  middle bigint;
  middle_time timestamptz;
begin
  select version + 1 into high
  from public.credits
  where user_id = p_user_id
  and credit_type = p_credit_type;
  -- Within a wallet created_at grows with seq, so a binary search finds it in some twenty lookups, and needs no index.
  while low < high loop
    middle := (low + high) / 2;
    select created_at into middle_time
    from public.credit_transactions
    where user_id = p_user_id
    and credit_type = p_credit_type
    and seq = middle;
    if middle_time < p_at then
      low := middle + 1;
    else
      high := middle;
    end if;
  end loop;
  return low;
end
$$;
comment on function private.first_seq_since is 'The seq of the first row of a wallet written at or after a timestamp.';

create function public.transaction_history(
  p_user_id uuid,
  p_credit_type text default 'general',
  p_types text[] default null,
  p_action text default null,
  p_from timestamptz default null,
  p_to timestamptz default null,
  p_before_seq bigint default null,
  p_limit integer default 20,
  p_offset integer default 0
)
returns setof public.credit_transactions
language plpgsql
stable
set search_path = ''
as $$
declare
  first_seq bigint := 1;
  end_seq bigint := coalesce(p_before_seq, 9223372036854775807);
  page_size constant integer := least(greatest(p_limit, 1), 1000);
  skipped constant integer := least(greatest(p_offset, 0), 10000);
begin
  if p_from is not null then
    first_seq := private.first_seq_since(p_user_id, p_credit_type, p_from);
  end if;
  if p_to is not null then
    end_seq := least(end_seq, private.first_seq_since(p_user_id, p_credit_type, p_to));
  end if;
  if not 'deduction' = any (p_types) then
    -- Rare types have their own index, which finds them without passing the deductions.
    return query
    select t.*
    from (select distinct unnest(p_types) as type) wanted
    cross join lateral (
      select *
      from public.credit_transactions e
      where e.user_id = p_user_id
      and e.credit_type = p_credit_type
      and e.type = wanted.type
      and e.type <> 'deduction'
      and e.seq >= first_seq
      and e.seq < end_seq
      and (p_action is null or e.action = p_action)
      order by e.seq desc
      limit page_size + skipped
    ) t
    order by t.seq desc
    limit page_size
    offset skipped;
  else
    return query
    select *
    from public.credit_transactions t
    where t.user_id = p_user_id
    and t.credit_type = p_credit_type
    and t.seq >= first_seq
    and t.seq < end_seq
    and (p_types is null or t.type = any (p_types))
    and (p_action is null or t.action = p_action)
    order by t.seq desc
    limit page_size
    offset skipped;
  end if;
end
$$;
comment on function public.transaction_history is
  'A page of a wallet''s ledger, newest first: from p_from (inclusive) to p_to (exclusive), rows before p_before_seq, p_offset of them (10,000 at most) left out. Runs with the caller''s own rights.';

create function public.usage_stats(
  p_user_id uuid,
  p_credit_type text default 'general',
  p_from timestamptz default null,
  p_to timestamptz default null
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with bounds as (
    select
      coalesce(p_from, c.created_at) as starts_at,
      coalesce(p_to, clock_timestamp()) as ends_at,
      private.first_seq_since(p_user_id, p_credit_type, coalesce(p_from, '-infinity')) as first_seq,
      private.first_seq_since(p_user_id, p_credit_type, coalesce(p_to, 'infinity')) as end_seq
    from public.credits c
    where c.user_id = p_user_id
    and c.credit_type = p_credit_type
  ),
  entries as materialized (
    select t.type, t.amount, t.action, (t.created_at at time zone 'UTC')::date as day
    from public.credit_transactions t, bounds
    where t.user_id = p_user_id
    and t.credit_type = p_credit_type
    and t.seq >= bounds.first_seq
    and t.seq < bounds.end_seq
  ),
  totals as (
    select
      coalesce(-sum(amount) filter (where type = 'deduction'), 0) as charged,
      coalesce(sum(amount) filter (where type = 'refund'), 0) as refunded,
      coalesce(sum(amount) filter (where type in ('purchase', 'subscription_grant')), 0) as purchased,
      count(*) filter (where type = 'deduction') as charges
    from entries
  )
  select jsonb_build_object(
    'from', bounds.starts_at,
    'to', bounds.ends_at,
    'total_used', totals.charged - totals.refunded,
    'total_purchased', totals.purchased,
    'total_refunded', totals.refunded,
    'count', totals.charges,
    'average_per_day', round(
      (totals.charged - totals.refunded)
      / greatest(ceil(extract(epoch from bounds.ends_at - bounds.starts_at) / 86400), 1),
      2
    ),
    'by_day', coalesce((
      select jsonb_agg(jsonb_build_object('day', day, 'used', used, 'count', charges) order by day)
      from (
        select day, -sum(amount) as used, count(*) filter (where type = 'deduction') as charges
        from entries
        where type in ('deduction', 'refund')
        group by day
      ) days
    ), '[]'),
    'by_action', coalesce((
      select jsonb_agg(jsonb_build_object('action', action, 'used', used, 'count', charges) order by used desc, action)
      from (
        select action, -sum(amount) as used, count(*) filter (where type = 'deduction') as charges
        from entries
        where type in ('deduction', 'refund')
        group by action
      ) actions
    ), '[]')
  )
  from bounds, totals
$$;
comment on function public.usage_stats is
  'What a wallet spent (net of refunds), bought and got back in a period, by UTC day and by action. Null without a wallet. Runs with the caller''s own rights.';

grant execute on function
  private.first_seq_since,
  public.transaction_history,
  public.usage_stats
to authenticated, service_role;

-- What a wallet's page says of it: what was used, by the days of its reader, and what the balance is made of. All of it
-- runs with the caller's own rights.

create function public.usage_by_day(
  p_user_id uuid,
  p_credit_type text,
  p_days integer,
  p_time_zone text default 'UTC',
  p_last_day date default null
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  last_day date;
  first_day date;
  first_day_before date;
  first_seq bigint;
  end_seq bigint;
begin
  if p_days is null or p_days not between 1 and 366 then
    raise exception 'Usage is told of 1 to 366 days.' using errcode = 'invalid_parameter_value';
  end if;
  -- Postgres would take an offset too, but reads +02:00 as two hours behind UTC, as POSIX has it.
  if p_time_zone is null or p_time_zone !~ '^[A-Za-z][A-Za-z0-9_/+-]{0,63}$' then
    raise exception 'A time zone is named as Europe/Berlin is.' using errcode = 'invalid_parameter_value';
  end if;
  -- An unknown name is refused here: time zone "…" not recognized.
  last_day := coalesce(p_last_day, (clock_timestamp() at time zone p_time_zone)::date);
  first_day := last_day - p_days + 1;
  first_day_before := first_day - p_days;
  -- A day further on both sides: where a clock is set back at midnight, a day has two of them.
  first_seq := private.first_seq_since(p_user_id, p_credit_type, (first_day_before - 1)::timestamp at time zone p_time_zone);
  end_seq := private.first_seq_since(p_user_id, p_credit_type, (last_day + 2)::timestamp at time zone p_time_zone);
  return (
    with changes as (
      select
        date_bin('15 minutes', t.created_at, 'epoch') as quarter_hour,
        t.action,
        -t.amount as used,
        1 as charges
      from public.credit_transactions t
      where t.user_id = p_user_id
      and t.credit_type = p_credit_type
      and t.seq >= first_seq
      and t.seq < end_seq
      and t.type = 'deduction'
      union all
      select date_bin('15 minutes', charge.created_at, 'epoch'), charge.action, -refund.amount, 0
      from public.credit_transactions refund
      join public.credit_transactions charge on charge.id = refund.reverses
      where refund.user_id = p_user_id
      and refund.credit_type = p_credit_type
      and refund.type = 'refund'
      -- Leads to the index of the rare types.
      and refund.type <> 'deduction'
      and refund.seq > first_seq
      and charge.seq >= first_seq
      and charge.seq < end_seq
    ),
    -- The days of every zone begin with a quarter of an hour. Looking the zone up for each row would cost as much as reading it.
    quarter_hours as (
      select quarter_hour, action, sum(used) as used, sum(charges) as charges
      from changes
      group by quarter_hour, action
    ),
    totals as (
      select local.day, action, sum(used) as used, sum(charges) as charges
      from quarter_hours
      cross join lateral (select (quarter_hour at time zone p_time_zone)::date as day) local
      where local.day between first_day_before and last_day
      group by local.day, action
    ),
    summary as (
      select
        coalesce(sum(used) filter (where day >= first_day), 0) as used,
        coalesce(sum(used) filter (where day < first_day), 0) as used_before,
        last_day - min(day) filter (where day >= first_day) + 1 as days_in_use
      from totals
    )
    select jsonb_build_object(
      'first_day', first_day,
      'last_day', last_day,
      'used', summary.used,
      'used_before', summary.used_before,
      'average_per_day', round(summary.used / summary.days_in_use, 2),
      'days', coalesce((
        select jsonb_agg(
          jsonb_build_object('day', day, 'action', action, 'used', used, 'count', charges)
          order by day, used desc, action
        )
        from totals
        where day >= first_day
      ), '[]')
    )
    from summary
  );
end
$$;
comment on function public.usage_by_day is
  'What a wallet used, less what was refunded, on each of so many days up to p_last_day (today by default), by action: used and count of charges, and used_before, of as many days before. Days are those of p_time_zone; a refund counts on the day of its charge. average_per_day counts from the first of these days with a charge, and is null without one.';

create function public.balance_parts(p_user_id uuid, p_credit_type text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with wallet as (
    select c.balance, c.total_used
    from public.credits c
    where c.user_id = p_user_id
    and c.credit_type = p_credit_type
  ),
  due as (
    select coalesce(sum(g.remaining), 0) as credits
    from public.credit_grants g
    where g.user_id = p_user_id
    and g.credit_type = p_credit_type
    and g.remaining > 0
    and g.expires_at <= clock_timestamp()
  ),
  -- Every type but charges and their refunds, of which there are many and whose sum the wallet keeps: two stretches of
  -- the index of the rare types.
  others as (
    select t.type, t.amount
    from public.credit_transactions t
    where t.user_id = p_user_id
    and t.credit_type = p_credit_type
    and t.type <> 'deduction'
    and t.type < 'refund'
    union all
    select t.type, t.amount
    from public.credit_transactions t
    where t.user_id = p_user_id
    and t.credit_type = p_credit_type
    and t.type <> 'deduction'
    and t.type > 'refund'
    union all
    select 'expiry', -due.credits
    from due
  ),
  sums as (
    select type, sum(amount) as credits
    from others
    group by type
    having sum(amount) <> 0
  )
  select jsonb_build_object(
    'balance', wallet.balance - due.credits,
    'used', wallet.total_used,
    'parts', coalesce((select jsonb_object_agg(type, credits) from sums), '{}')
  )
  from wallet, due
$$;
comment on function public.balance_parts is
  'What a balance is made of: the credits of each type of the ledger (used ones, less what was refunded, apart) that add up to it. Credits that are due to expire count as expired, swept or not. Null without a wallet.';

grant execute on function
  public.balance_parts,
  public.usage_by_day
to authenticated, service_role;

-- Which terms people have accepted, and when.

create table public.terms_acceptances (
  user_id uuid not null references public.profiles (id) on delete cascade,
  version text not null constraint terms_acceptances_version_is_short check (char_length(version) between 1 and 40),
  accepted_at timestamptz not null default clock_timestamp(),
  primary key (user_id, version)
);
comment on table public.terms_acceptances is
  'The first time that each user has accepted each version of the terms. Versions are those of lib/auth/terms.ts.';

create function public.accept_terms(p_user_id uuid, p_version text)
returns void
language sql
security definer
set search_path = ''
as $$
  insert into public.terms_acceptances (user_id, version) values (p_user_id, p_version)
  on conflict do nothing
$$;
comment on function public.accept_terms is 'Notes that a user has accepted this version of the terms; a repeated call keeps the first time.';

alter table public.terms_acceptances enable row level security;

create policy "people read what they accepted, admins what everyone did"
on public.terms_acceptances for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.terms_acceptances to authenticated, service_role;
grant execute on function public.accept_terms to service_role;

-- The ledger as its owner looks through it: searched, counted, and with refunds under the charges they give back.

create function public.ledger_page(
  p_user_id uuid,
  p_credit_type text default 'general',
  p_types text[] default null,
  p_action text default null,
  p_words text[] default null,
  p_from timestamptz default null,
  p_to timestamptz default null,
  p_until_seq bigint default null,
  p_before_seq bigint default null,
  p_after_seq bigint default null,
  p_limit integer default 25
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  max_rows constant integer := 10000;
  page_size constant integer := least(greatest(p_limit, 1), 100);
  -- Rare types have their own index, which finds them without passing the deductions.
  is_rare constant boolean := coalesce(not 'deduction' = any (p_types), false);
  patterns constant text[] := (select array_agg(private.like_pattern(lower(word))) from unnest(p_words) word);
  first_seq bigint := 1;
  end_seq bigint;
  lowest_seq bigint;
begin
  select least(version + 1, p_until_seq) into end_seq
  from public.credits
  where user_id = p_user_id
  and credit_type = p_credit_type;
  if p_from is not null then
    first_seq := private.first_seq_since(p_user_id, p_credit_type, p_from);
  end if;
  if p_to is not null then
    end_seq := least(end_seq, private.first_seq_since(p_user_id, p_credit_type, p_to));
  end if;
  lowest_seq := case when is_rare then first_seq else greatest(first_seq, end_seq - max_rows) end;
  return (
    with examined as materialized (
      select t.id, t.seq, t.type, t.reverses, t.action, t.description
      from public.credit_transactions t
      where not is_rare
      and t.user_id = p_user_id
      and t.credit_type = p_credit_type
      and t.seq >= lowest_seq
      and t.seq < end_seq
      union all
      (
        select r.id, r.seq, r.type, r.reverses, r.action, r.description
        from (select distinct unnest(p_types) as type where is_rare) wanted
        cross join lateral (
          select *
          from public.credit_transactions e
          where e.user_id = p_user_id
          and e.credit_type = p_credit_type
          and e.type = wanted.type
          and e.type <> 'deduction'
          and e.seq >= lowest_seq
          and e.seq < end_seq
          order by e.seq desc
          limit max_rows
        ) r
        order by r.seq desc
        limit max_rows
      )
    ),
    reached as (
      select case
        when is_rare and count(*) < max_rows then first_seq
        when is_rare then min(seq)
        else lowest_seq
      end as seq
      from examined
    ),
    matching as materialized (
      select id, seq, type, reverses
      from examined
      where (p_types is null or type = any (p_types))
      and (p_action is null or action = p_action)
      and (patterns is null or lower(concat_ws(' ', description, action)) like all (patterns))
    ),
    entries as materialized (
      select id, seq, row_number() over (order by seq desc) as position
      from matching m
      where m.type <> 'refund'
      or not exists (select from matching charge where charge.id = m.reverses)
    ),
    start as (
      select case
        when p_after_seq is not null then greatest(count(*) filter (where seq > p_after_seq) - page_size, 0)
        when p_before_seq is not null then count(*) filter (where seq >= p_before_seq)
        else 0
      end as skipped
      from entries
    )
    select jsonb_build_object(
      'total', (select count(*) from entries),
      'skipped', (select skipped from start),
      'earlier', (select seq from reached where seq > first_seq),
      'rows', coalesce((
        select jsonb_agg(
          to_jsonb(t) || jsonb_build_object('refunds', coalesce((
            select jsonb_agg(to_jsonb(r) order by r.seq)
            from public.credit_transactions r
            where r.reverses = t.id
            and r.type = 'refund'
          ), '[]'))
          order by t.seq desc
        )
        from entries e
        join public.credit_transactions t on t.id = e.id
        where e.position > (select skipped from start)
        and e.position <= (select skipped + page_size from start)
      ), '[]')
    )
  );
end
$$;
comment on function public.ledger_page is
  'A page of a wallet''s ledger, newest first, from p_from (inclusive) to p_to (exclusive) and before p_until_seq, just below p_before_seq or just above p_after_seq: {rows, total, skipped, earlier}. Refunds stand in their charge''s "refunds" where that is listed, else as rows. Looks at 10,000 rows at most: "earlier" is the p_until_seq that goes on, null when all was seen. All of p_words have to be in the description or the action. Runs with the caller''s own rights.';

grant execute on function public.ledger_page to authenticated, service_role;

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

-- What happens automatically when somebody signs up.

create function private.handle_new_user()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.profiles (id, email, name)
  values (
    new.id,
    coalesce(new.email, ''),
    left(coalesce(new.raw_user_meta_data ->> 'name', new.raw_user_meta_data ->> 'full_name', ''), 120)
  );
  insert into public.credits (user_id, credit_type) values (new.id, 'general');
  return new;
end
$$;
comment on function private.handle_new_user is 'Gives every new user a profile and an empty wallet.';

create function private.drop_unproved_password()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.encrypted_password := '';
  return new;
end
$$;
comment on function private.drop_unproved_password is
  'Takes the password off an account in the transaction that proves its address by mail: whoever signed up with the address may not be its owner. The owner chooses one after that.';

create function private.handle_confirmed_user()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  confirmation constant private.pending_confirmations := private.take_pending_confirmation(new.email);
  is_by_mail constant boolean := tg_op = 'UPDATE' and old.confirmation_sent_at is not null;
begin
  if confirmation.terms_version is not null then
    perform public.accept_terms(new.id, confirmation.terms_version);
  end if;
  if private.claim_signup_bonus(
    new.id, new.email, case when is_by_mail then coalesce(confirmation.network, 'unknown') end
  ) then
    perform private.grant_signup_bonus(new.id);
  end if;
  return new;
end
$$;
comment on function private.handle_confirmed_user is
  'Keeps which terms were accepted, and grants the sign-up bonus, once the address is confirmed: unconfirmed addresses earn nothing.';

create function private.handle_changed_email()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.profiles set email = coalesce(new.email, '') where id = new.id;
  return new;
end
$$;
comment on function private.handle_changed_email is 'Copies a changed address to the profile.';

create function private.bound_user_metadata()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if octet_length(new.raw_user_meta_data::text) > 2048 then
    new.raw_user_meta_data := coalesce(
      (
        select jsonb_object_agg(kept.key, kept.value)
        from (
          select
            e.key,
            e.value,
            -- Each entry with its quotes, colon and comma.
            sum(octet_length(e.key) + octet_length(e.value::text) + 6)
              over (order by octet_length(e.value::text), e.key) as bytes
          from jsonb_each(new.raw_user_meta_data) e
        ) kept
        where kept.bytes <= 2000
      ),
      '{}'
    );
  end if;
  return new;
end
$$;
comment on function private.bound_user_metadata is
  'Keeps at most 2 KB of what people and providers write about a user, the shortest entries first. Access tokens carry it: servers refuse every request whose cookies are too large.';

-- Triggers of one event fire in the order of their names: the profile comes before the bonus.
create trigger on_auth_user_0_metadata
before insert or update of raw_user_meta_data on auth.users
for each row execute function private.bound_user_metadata();

create trigger on_auth_user_1_created
after insert on auth.users
for each row execute function private.handle_new_user();

-- An address that an admin vouches for was never asked for a confirmation: the password that came with it stays.
create trigger on_auth_user_0_proved
before update of email_confirmed_at on auth.users
for each row when (
  old.email_confirmed_at is null
  and new.email_confirmed_at is not null
  and old.confirmation_sent_at is not null
)
execute function private.drop_unproved_password();

create trigger on_auth_user_2_confirmed
after insert or update of email_confirmed_at on auth.users
for each row when (new.email_confirmed_at is not null)
execute function private.handle_confirmed_user();

create trigger on_auth_user_3_email_changed
after update of email on auth.users
for each row when (old.email is distinct from new.email)
execute function private.handle_changed_email();

-- For an app that had users before it had credits.

create function private.adopt_users(p_created_before timestamptz, p_limit integer)
returns integer
language plpgsql
set search_path = ''
as $$
declare
  adopted integer;
begin
  insert into public.profiles (id, email, name)
  select u.id, coalesce(u.email, ''), left(coalesce(u.raw_user_meta_data ->> 'name', u.raw_user_meta_data ->> 'full_name', ''), 120)
  from auth.users u
  where u.created_at < p_created_before
  and not exists (select from public.profiles where id = u.id)
  order by u.id
  limit p_limit
  on conflict do nothing;
  get diagnostics adopted = row_count;
  return adopted;
end
$$;
comment on function private.adopt_users is
  'Gives users who signed up before this schema was there the profile that the others got with their sign-up.';

create function public.give_existing_users(
  p_amount bigint,
  p_key text,
  p_credit_type text default 'general',
  p_created_before timestamptz default clock_timestamp(),
  p_after uuid default null,
  p_limit integer default 200
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.give_existing_users';
  key constant text := format('existing_users:%s:%s', p_key, p_credit_type);
  adopted constant integer := private.adopt_users(p_created_before, p_limit);
  given integer := 0;
  refused integer := 0;
  last uuid;
  owner uuid;
  result jsonb;
begin
  if p_amount is null or p_amount not between 1 and private.max_amount() then
    return private.refuse(audit_action, null, 'invalid_amount', 'The amount must be a positive whole number of credits.');
  end if;
  if p_key !~ '^[a-z0-9][a-z0-9_-]{0,39}$' then
    return private.refuse(
      audit_action, null, 'invalid_key', 'The key must be 1 to 40 small letters, digits, hyphens or underscores.'
    );
  end if;
  if not exists (select from public.credit_types where id = p_credit_type) then
    return private.refuse(audit_action, null, 'unknown_credit_type', 'There is no such credit type.');
  end if;
  for owner in
    select p.id
    from public.profiles p
    join auth.users u on u.id = p.id
    where u.created_at < p_created_before
    and p.closed_at is null
    and (p_after is null or p.id > p_after)
    and not exists (
      select from public.credit_transactions
      where user_id = p.id
      and idempotency_key = key
    )
    order by p.id
    limit p_limit
  loop
    last := owner;
    result := public.add_credits(
      owner, p_amount, p_credit_type, 'promotion',
      p_action => 'existing_users',
      p_description => 'Welcome credits',
      p_idempotency_key => key,
      -- Given once, even if the amount has changed by another run.
      p_request_hash => 'existing_users'
    );
    if not (result ->> 'ok')::boolean then
      refused := refused + 1;
    elsif not (result ->> 'replayed')::boolean then
      given := given + 1;
    end if;
  end loop;
  return jsonb_build_object(
    'ok', true,
    'adopted', adopted,
    'given', given,
    'refused', refused,
    -- Adopted ones may come before the last: then the next batch begins anew.
    'more', last is not null or adopted > 0,
    'last', case when adopted < p_limit then last end
  );
end
$$;
comment on function public.give_existing_users is
  'Gives credits to users who were there before, a batch per call: each once per key and credit type, however often it runs. Users without a profile get one. `more` says that another call is due, with `last` as p_after.';

grant execute on function public.give_existing_users to service_role;

-- Mails about an account itself. Auth changes passwords and addresses in transactions of its own, so triggers tell of them.

create function private.queue_welcome_mail()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.queue_mail(
    new.id, 'welcome', format('welcome:%s', new.id),
    jsonb_build_object('credits', (
      select coalesce(
        jsonb_agg(jsonb_build_object('amount', balance, 'credit_type', credit_type) order by credit_type), '[]'
      )
      from public.credits
      where user_id = new.id
      and balance > 0
    ))
  );
  return new;
end
$$;
comment on function private.queue_welcome_mail is 'Welcomes whoever has confirmed an address, with the credits that came with it.';

create function private.queue_password_mail()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.queue_mail(
    new.id, 'password_changed', format('password_changed:%s:%s', new.id, extract(epoch from clock_timestamp())),
    jsonb_build_object('at', clock_timestamp())
  );
  return new;
end
$$;
comment on function private.queue_password_mail is 'Tells the owner of an account that its password was changed.';

create function private.queue_email_mails()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  key constant text := format('email_changed:%s:%s', new.id, extract(epoch from clock_timestamp()));
  change constant jsonb := jsonb_build_object('at', clock_timestamp(), 'from', old.email, 'to', new.email);
begin
  perform private.queue_mail(new.id, 'email_changed', key || ':new', change);
  perform private.queue_mail(new.id, 'email_changed', key || ':old', change, old.email);
  return new;
end
$$;
comment on function private.queue_email_mails is
  'Tells both addresses that the one of an account was changed: whoever lost the account reads the old one.';

-- After the bonus of on_auth_user_2_confirmed.
create trigger on_auth_user_4_welcome_new
after insert on auth.users
for each row when (new.email_confirmed_at is not null)
execute function private.queue_welcome_mail();

create trigger on_auth_user_4_welcome
after update of email_confirmed_at on auth.users
for each row when (old.email_confirmed_at is null and new.email_confirmed_at is not null)
execute function private.queue_welcome_mail();

-- Not the password that somebody chooses right after the address was confirmed, and not one that is taken off.
create trigger on_auth_user_4_password
after update of encrypted_password on auth.users
for each row when (
  old.encrypted_password is distinct from new.encrypted_password
  and new.encrypted_password <> ''
  and (old.encrypted_password <> '' or new.email_confirmed_at < now() - interval '1 hour')
)
execute function private.queue_password_mail();

-- Not an address that nobody had confirmed, and not the one that close_account puts in its place.
create trigger on_auth_user_4_email
after update of email on auth.users
for each row when (
  old.email is distinct from new.email
  and old.email_confirmed_at is not null
  and new.deleted_at is null
)
execute function private.queue_email_mails();

-- What is for sale.

create table public.credit_packages (
  id text primary key constraint credit_packages_id_is_a_slug check (id ~ '^[a-z][a-z0-9_-]{0,39}$'),
  name text not null,
  description text not null default '',
  kind text not null default 'one_time',
  credits bigint not null constraint credit_packages_credits_in_range check (credits between 1 and 1000000000),
  credit_type text not null default 'general' references public.credit_types (id),
  price bigint not null constraint credit_packages_price_not_negative check (price >= 0),
  currency text not null default 'USD' constraint credit_packages_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  billing_interval text,
  unused_credits text not null default 'roll_over',
  tier text references public.membership_tiers (id),
  popular boolean not null default false,
  trial_days integer not null default 0
    constraint credit_packages_trial_days_in_range check (trial_days between 0 and 365),
  active boolean not null default true,
  sort_order integer not null default 0,
  metadata jsonb not null default '{}',
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint credit_packages_kind_is_known check (kind in ('one_time', 'subscription')),
  constraint credit_packages_interval_is_known check (billing_interval in ('month', 'year')),
  constraint credit_packages_subscriptions_have_interval
    check ((kind = 'subscription') = (billing_interval is not null)),
  constraint credit_packages_unused_credits_is_known check (unused_credits in ('roll_over', 'expire')),
  constraint credit_packages_subscriptions_alone_have_terms
    check (kind = 'subscription' or (tier is null and unused_credits = 'roll_over' and trial_days = 0)),
  constraint credit_packages_texts_are_short
    check (char_length(name) between 1 and 80 and char_length(description) <= 300),
  constraint credit_packages_metadata_is_a_small_object
    check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 8192)
);
comment on table public.credit_packages is 'What is for sale, once or by subscription. The one source of prices.';
comment on column public.credit_packages.credits is 'What it grants: once, or with every period that is paid.';
comment on column public.credit_packages.price is 'In minor units of the currency; of a subscription, for one billing_interval.';
comment on column public.credit_packages.unused_credits is
  'Of a subscription: whether what is left at the end of a period rolls over or expires.';
comment on column public.credit_packages.tier is 'Of a subscription: the membership it carries, if any.';
comment on column public.credit_packages.trial_days is
  'Of a subscription: days before its first payment, for who has never had a plan; 0 for none.';
comment on column public.credit_packages.metadata is 'What other front ends want to know of it. Everybody can read it.';
comment on column public.credit_packages.version is
  'Grows with every change but of its place in the list: who saves an older one is refused, and so is a checkout.';

create index credit_packages_credit_type_idx on public.credit_packages (credit_type);
create index credit_packages_tier_idx on public.credit_packages (tier);

create function private.touch_package()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := clock_timestamp();
  if to_jsonb(new) - array['sort_order', 'updated_at'] <> to_jsonb(old) - array['sort_order', 'updated_at'] then
    new.version := old.version + 1;
  end if;
  return new;
end
$$;
comment on function private.touch_package is 'Trigger: counts the changes of a package, whoever makes them.';

create trigger credit_packages_touch
before update on public.credit_packages
for each row execute function private.touch_package();

create table public.package_products (
  package_id text not null references public.credit_packages (id) on update cascade on delete cascade,
  provider text not null,
  product_id text not null,
  price_id text,
  retired_at timestamptz,
  primary key (provider, product_id)
);
comment on table public.package_products is
  'What each package is called at each payment provider. A product keeps the price it was made with: another price is another product, and the former one stays, retired, for checkouts that are open and plans that renew. Only the server reads it.';
comment on column public.package_products.price_id is 'Where a provider sells prices instead of products; else null.';
comment on column public.package_products.retired_at is 'Since when no new checkout is for this product; null while it is sold.';

create unique index package_products_one_is_sold
on public.package_products (package_id, provider)
where retired_at is null;
create index package_products_package_idx on public.package_products (package_id);

create table public.package_syncs (
  package_id text not null references public.credit_packages (id) on update cascade on delete cascade,
  provider text not null,
  status text not null constraint package_syncs_status_is_known check (status in ('syncing', 'synced', 'failed')),
  product_id text,
  error text,
  started_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  primary key (package_id, provider)
);
comment on table public.package_syncs is
  'The latest attempt to bring the product of a package in line with it, at each payment provider.';
comment on column public.package_syncs.product_id is 'What it is sold as since then.';
comment on column public.package_syncs.error is 'Why it failed, as the provider or we say it.';

create function private.plan_of_product(p_provider text, p_product_id text)
returns text
language sql
stable
set search_path = ''
as $$
  select k.id
  from public.package_products p
  join public.credit_packages k on k.id = p.package_id
  where p.provider = p_provider
  and p.product_id = p_product_id
  and k.kind = 'subscription'
$$;
comment on function private.plan_of_product is 'The plan that a provider sells, or has sold, as this product; null for none.';

alter table public.credit_packages enable row level security;
alter table public.package_products enable row level security;
alter table public.package_syncs enable row level security;

create policy "visitors read what is for sale"
on public.credit_packages for select to anon
using (active);

create policy "people read what is for sale, admins everything"
on public.credit_packages for select to authenticated
using (active or (select private.is_admin()));

create policy "admins read how packages are synced"
on public.package_syncs for select to authenticated
using ((select private.is_admin()));

grant select on public.credit_packages to anon, authenticated;
grant select on public.package_syncs to authenticated;
grant select on public.credit_packages, public.package_products, public.package_syncs to service_role;

alter publication supabase_realtime add table public.package_syncs;

-- Plans that renew, and the periods that were paid.

create table public.payment_customers (
  user_id uuid not null references public.profiles (id) on delete cascade,
  provider text not null,
  provider_customer_id text not null,
  email text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (user_id, provider),
  constraint payment_customers_customer_is_unique unique (provider, provider_customer_id)
);
comment on column public.payment_customers.email is 'The address that the provider has for the customer: it follows the one of the profile. Null until it was told.';
comment on table public.payment_customers is
  'Who our users are at the payment provider. Written before their first checkout, so that every event finds its user. Only the server reads and writes it.';

insert into private.personal_data (table_name, owned_by, columns)
values ('payment_customers', 'user_id = $1', '{"email": null}');

create table public.subscriptions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete restrict,
  provider text not null,
  provider_subscription_id text not null,
  package_id text not null references public.credit_packages (id),
  status text not null default 'pending',
  status_at timestamptz not null default '-infinity',
  current_period_start timestamptz,
  current_period_end timestamptz,
  cancel_at_period_end boolean not null default false,
  scheduled_package_id text references public.credit_packages (id),
  trial boolean not null default false,
  details_at timestamptz not null default '-infinity',
  plan_change_at timestamptz,
  surplus text,
  card_brand text,
  card_last_four text,
  card_expires_on date,
  card_at timestamptz not null default '-infinity',
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint subscriptions_provider_subscription_is_unique unique (provider, provider_subscription_id),
  constraint subscriptions_status_is_known check (
    status in ('pending', 'active', 'past_due', 'on_hold', 'paused', 'cancelled', 'expired', 'failed')
  ),
  constraint subscriptions_surplus_is_known check (surplus in ('open', 'closed')),
  constraint subscriptions_card_last_four_are_digits check (card_last_four ~ '^[0-9]{4}$')
);
comment on table public.subscriptions is
  'Subscriptions as of the newest event about them. An older event never overwrites a newer one.';
comment on column public.subscriptions.status_at is 'When what status says happened, by the provider''s clock.';
comment on column public.subscriptions.details_at is 'The same for package, period and cancel_at_period_end.';
comment on column public.subscriptions.scheduled_package_id is 'The package it changes to with its next period, if any.';
comment on column public.subscriptions.plan_change_at is
  'When the plan change in flight began; null for none.';
comment on column public.subscriptions.surplus is
  'Of a plan that began while its owner had a live one: open until it has ended and its charges are refunded, then closed; null for any other.';
comment on column public.subscriptions.card_last_four is
  'Of the card that pays it, with card_brand, as the provider told last; null while it did not, or for another way to pay.';
comment on column public.subscriptions.card_expires_on is 'The last day the card can pay; null where the provider does not say.';
comment on column public.subscriptions.card_at is 'When the card was told, by the provider''s clock.';
comment on column public.subscriptions.trial is 'Whether the current period is a trial: membership, but no credits yet.';

insert into private.personal_data (table_name, owned_by, columns)
values ('subscriptions', 'user_id = $1', '{"card_brand": null, "card_last_four": null, "card_expires_on": null}');

create index subscriptions_user_idx on public.subscriptions (user_id, created_at desc);
create index subscriptions_package_idx on public.subscriptions (package_id);
create index subscriptions_scheduled_package_idx
on public.subscriptions (scheduled_package_id)
where scheduled_package_id is not null;
create index subscriptions_open_surplus_idx on public.subscriptions (created_at) where surplus = 'open';
create index subscriptions_newest_idx on public.subscriptions (created_at desc);

create trigger subscriptions_touch_updated_at
before update on public.subscriptions
for each row execute function private.touch_updated_at();

alter table public.profiles add constraint profiles_membership_subscription_id_fkey
foreign key (membership_subscription_id) references public.subscriptions (id) on delete set null;

create function private.is_live(p_subscription public.subscriptions)
returns boolean
language sql
stable
set search_path = ''
as $$
  select p_subscription.status in ('active', 'past_due', 'on_hold', 'paused')
  and not coalesce(p_subscription.cancel_at_period_end and p_subscription.current_period_end <= clock_timestamp(), false)
$$;
comment on function private.is_live is 'Whether a subscription has begun and not ended.';

create function private.live_subscription(p_user_id uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select s.id
  from public.subscriptions s
  where s.user_id = p_user_id
  and s.surplus is null
  and private.is_live(s)
  order by s.created_at desc
  limit 1
$$;
comment on function private.live_subscription is
  'The subscription of a user that has not ended; null for none. One that began beside it is surplus and does not count.';

create function private.keep_card(p_subscription_id uuid, p_card jsonb, p_at timestamptz)
returns boolean
language sql
set search_path = ''
as $$
  with kept as (
    update public.subscriptions s
    set
      card_brand = p_card ->> 'brand',
      card_last_four = p_card ->> 'last_four',
      card_expires_on = (p_card ->> 'expires_on')::date,
      card_at = p_at
    where s.id = p_subscription_id
    and p_card ->> 'last_four' is not null
    and s.card_at <= p_at
    returning s.id
  )
  select exists (select from kept)
$$;
comment on function private.keep_card is
  'Keeps the card that pays a subscription unless a newer one is known; whether it did. A null card changes nothing: the event does not say.';

create function private.mark_surplus(p_subscription public.subscriptions, p_began boolean)
returns void
language sql
set search_path = ''
as $$
  update public.subscriptions s
  set surplus = 'open'
  where s.user_id = p_subscription.user_id
  and case when p_began then s.id = p_subscription.id else s.created_at > p_subscription.created_at end
  and s.surplus is null
  and private.is_live(s)
  and (
    p_began and private.is_closed(s.user_id)
    or exists (
      select from public.subscriptions other
      where other.user_id = s.user_id
      and other.id <> s.id
      and other.surplus is null
      and private.is_live(other)
    )
  )
$$;
comment on function private.mark_surplus is
  'Called with the payer locked when a subscription is live that was not. One that began is surplus if its owner has a live one, or has closed the account. One that goes on although it was to end makes those surplus that began in between.';

-- Live statuses share a rank, so the newest event wins. An ended subscription stays ended.
create function private.subscription_rank(p_status text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case
    when p_status = 'pending' then 0
    when p_status in ('active', 'past_due', 'on_hold', 'paused') then 1
    when p_status in ('cancelled', 'failed', 'expired') then 2
  end
$$;
comment on function private.subscription_rank is 'Orders the states of a subscription; null for an unknown one.';

create function private.open_subscription(
  p_user_id uuid,
  p_provider text,
  p_provider_subscription_id text,
  p_package_id text
)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  subscription_id uuid;
begin
  insert into public.subscriptions (user_id, provider, provider_subscription_id, package_id)
  values (p_user_id, p_provider, p_provider_subscription_id, p_package_id)
  on conflict (provider, provider_subscription_id) do nothing;
  select id into subscription_id
  from public.subscriptions
  where provider = p_provider
  and provider_subscription_id = p_provider_subscription_id;
  return subscription_id;
end
$$;
comment on function private.open_subscription is 'The row of a subscription, inserted with the first event about it.';

alter table public.payment_customers enable row level security;
alter table public.subscriptions enable row level security;

create policy "people read their own subscriptions, admins every one"
on public.subscriptions for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.payment_customers to service_role;
grant select on public.subscriptions to authenticated, service_role;

alter publication supabase_realtime add table public.subscriptions;

-- Money in.

create table public.payments (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete restrict,
  package_id text not null references public.credit_packages (id),
  subscription_id uuid references public.subscriptions (id),
  credit_type text not null references public.credit_types (id),
  credits bigint not null constraint payments_credits_positive check (credits > 0),
  amount bigint not null,
  currency text not null,
  provider text not null,
  provider_product_id text,
  checkout_session_id text,
  provider_payment_id text,
  status text not null default 'pending',
  charged_amount bigint,
  charged_currency text,
  charged_tax bigint,
  charged_at timestamptz,
  failure_reason text,
  transaction_id bigint references public.credit_transactions (id),
  refunded_amount bigint not null default 0,
  dispute_status text,
  checked_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  paid_at timestamptz,
  constraint payments_provider_payment_is_unique unique (provider, provider_payment_id),
  constraint payments_have_a_source check (checkout_session_id is not null or subscription_id is not null),
  constraint payments_status_is_known check (status in ('pending', 'processing', 'succeeded', 'failed', 'cancelled')),
  constraint payments_purchases_are_granted
    check ((status = 'succeeded' and subscription_id is null) = (transaction_id is not null))
);
comment on table public.payments is
  'Money in. Written as pending before the browser leaves for the checkout; what a purchase grants is fixed then.';
comment on column public.payments.subscription_id is
  'Of a charge of a subscription, which grants nothing itself: its period does (subscription_periods).';
comment on column public.payments.amount is 'The price at checkout, in minor units of the currency.';
comment on column public.payments.charged_amount is
  'What the buyer paid, tax included, in minor units of charged_currency. Credits never follow from it.';
comment on column public.payments.charged_tax is
  'The tax within charged_amount; null when the provider does not say.';
comment on column public.payments.charged_at is 'When the payment was made, by the provider''s clock.';
comment on column public.payments.refunded_amount is 'What went back so far, in minor units of charged_currency.';
comment on column public.payments.dispute_status is 'The status of its latest dispute, if there is one.';
comment on column public.payments.checked_at is 'When the provider was last asked about it because a webhook was late.';

insert into private.personal_data (table_name, owned_by, columns)
values ('payments', 'user_id = $1', '{"failure_reason": null}');

create index payments_user_idx on public.payments (user_id, created_at desc);
create index payments_session_idx on public.payments (checkout_session_id, provider, created_at);
create index payments_subscription_idx
on public.payments (subscription_id, charged_at)
where subscription_id is not null;
create index payments_newest_idx on public.payments (created_at desc);
create index payments_utc_days_idx
on public.payments (((charged_at at time zone 'UTC')::date))
where status = 'succeeded' and charged_amount > 0;
create index payments_processing_idx on public.payments (created_at) where status = 'processing';
create index payments_package_idx on public.payments (package_id);
create index payments_credit_type_idx on public.payments (credit_type);
create index payments_transaction_idx on public.payments (transaction_id) where transaction_id is not null;

create trigger payments_touch_updated_at
before update on public.payments
for each row execute function private.touch_updated_at();

create table public.subscription_periods (
  subscription_id uuid not null references public.subscriptions (id),
  period_start timestamptz not null,
  period_end timestamptz not null,
  package_id text not null references public.credit_packages (id),
  transaction_id bigint not null unique references public.credit_transactions (id),
  payment_id uuid references public.payments (id),
  primary key (subscription_id, period_start),
  constraint subscription_periods_are_not_empty check (period_start < period_end),
  constraint subscription_periods_do_not_overlap
    exclude using gist (subscription_id with =, tstzrange(period_start, period_end) with &&),
  -- Checked once per statement, so that two periods can swap their charges.
  constraint subscription_periods_charge_pays_once unique (payment_id) deferrable initially immediate
);
comment on table public.subscription_periods is 'The periods that were paid. Each grants its credits once, however often the provider reports it.';
comment on column public.subscription_periods.period_end is
  'Where it ended: when the next one began, if that was earlier than what was paid for, as after a plan change.';
comment on column public.subscription_periods.payment_id is 'The charge that paid for it, once both are known.';

create index subscription_periods_package_idx on public.subscription_periods (package_id);
create index subscription_periods_end_idx on public.subscription_periods (period_end, period_start);

-- A payment never moves to a lower rank.
create function private.payment_rank(p_status text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case p_status
    when 'pending' then 0
    when 'processing' then 1
    when 'failed' then 2
    when 'cancelled' then 2
    when 'succeeded' then 3
  end
$$;
comment on function private.payment_rank is 'Orders the states of a payment; null for an unknown one.';

alter table public.payments enable row level security;
alter table public.subscription_periods enable row level security;

create policy "people read their own payments, admins every one"
on public.payments for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

create policy "admins read the periods"
on public.subscription_periods for select to authenticated
using ((select private.is_admin()));

grant select on public.payments, public.subscription_periods to authenticated, service_role;

alter publication supabase_realtime add table public.payments;

-- Money back: payment refunds and disputes.

create table public.payment_refunds (
  id uuid primary key default gen_random_uuid(),
  payment_id uuid not null references public.payments (id),
  provider text not null,
  provider_refund_id text,
  status text not null default 'requested',
  amount bigint constraint payment_refunds_amount_positive check (amount > 0),
  currency text,
  whole boolean not null default false,
  reason text,
  requested_by uuid,
  idempotency_key text unique,
  error text,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint payment_refunds_provider_refund_is_unique unique (provider, provider_refund_id),
  constraint payment_refunds_status_is_known check (
    status in ('requested', 'pending', 'review', 'failed', 'succeeded')
  )
);
comment on table public.payment_refunds is
  'Money back. A row of ours comes before the provider is asked (requested), so a repeated click asks once.';
comment on column public.payment_refunds.amount is
  'In minor units of the currency the buyer was charged in; null for a refund of all that is left, until the provider reports it.';
comment on column public.payment_refunds.whole is 'Whether it refunded the whole payment, whatever the amounts are after currency conversion.';

insert into private.personal_data (table_name, owned_by, columns)
values (
  'payment_refunds',
  'payment_id in (select id from public.payments where user_id = $1)',
  '{"reason": null, "error": null}'
);

create index payment_refunds_payment_idx on public.payment_refunds (payment_id);
create index payment_refunds_unfinished_idx
on public.payment_refunds (created_at)
where status in ('requested', 'pending', 'review');

create trigger payment_refunds_touch_updated_at
before update on public.payment_refunds
for each row execute function private.touch_updated_at();

create table public.payment_disputes (
  id uuid primary key default gen_random_uuid(),
  payment_id uuid not null references public.payments (id),
  provider text not null,
  provider_dispute_id text not null,
  status text not null,
  status_at timestamptz not null,
  amount bigint not null,
  currency text not null,
  respond_by timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint payment_disputes_provider_dispute_is_unique unique (provider, provider_dispute_id),
  constraint payment_disputes_status_is_known check (
    status in ('opened', 'challenged', 'won', 'cancelled', 'lost', 'accepted', 'expired')
  )
);
comment on table public.payment_disputes is
  'Payments a buyer disputes. While one is open, and when it is lost, the credits it bought are taken back; a won one returns them.';
comment on column public.payment_disputes.respond_by is
  'Until when evidence counts, where the provider says so; else null.';

create index payment_disputes_payment_idx on public.payment_disputes (payment_id);
create index payment_disputes_opened_idx on public.payment_disputes (created_at) where status = 'opened';

create trigger payment_disputes_touch_updated_at
before update on public.payment_disputes
for each row execute function private.touch_updated_at();

create function private.payment_refund_rank(p_status text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case p_status
    when 'requested' then 0
    when 'pending' then 1
    when 'review' then 2
    when 'failed' then 3
    when 'succeeded' then 4
  end
$$;
comment on function private.payment_refund_rank is 'Orders the states of a refund; null for an unknown one.';

create function private.dispute_rank(p_status text)
returns integer
language sql
immutable
set search_path = ''
as $$
  select case
    when p_status = 'opened' then 0
    when p_status = 'challenged' then 1
    when p_status in ('won', 'cancelled', 'lost', 'accepted', 'expired') then 2
  end
$$;
comment on function private.dispute_rank is 'Orders the states of a dispute; null for an unknown one.';

alter table public.payment_refunds enable row level security;
alter table public.payment_disputes enable row level security;

create policy "admins read the refunds"
on public.payment_refunds for select to authenticated
using ((select private.is_admin()));

create policy "admins read the disputes"
on public.payment_disputes for select to authenticated
using ((select private.is_admin()));

grant select on public.payment_refunds, public.payment_disputes to authenticated, service_role;

alter publication supabase_realtime add table public.payment_refunds, public.payment_disputes;

-- What payment providers report, stored before it is applied.

create table public.payment_events (
  id text primary key constraint payment_events_id_is_bounded check (char_length(id) between 1 and 300),
  provider text not null,
  source text not null default 'webhook',
  type text not null,
  payload jsonb not null,
  provider_ids text[] not null default '{}',
  status text not null default 'received',
  attempts integer not null default 1,
  error text,
  received_at timestamptz not null default clock_timestamp(),
  processed_at timestamptz,
  constraint payment_events_source_is_known check (source in ('webhook', 'api', 'reconciliation')),
  constraint payment_events_status_is_known check (
    status in ('received', 'processed', 'ignored', 'failed', 'review')
  )
);
comment on table public.payment_events is
  'Everything the payment providers reported: verified webhooks by their provider and its id, and what one answered when asked (api, reconciliation). Kept whatever the outcome.';
comment on column public.payment_events.id is
  'The server names the provider in it (dodopayments:msg_1), since ids are unique at one provider only.';
comment on column public.payment_events.status is
  'review: applied, but what it says of a paid period does not fit the others, so that period granted nothing; error says why.';
comment on column public.payment_events.provider_ids is
  'The provider''s ids of what it is about (payment, checkout, subscription, refund, dispute): they outlive the payload.';

create index payment_events_received_idx on public.payment_events (received_at desc, id desc);
create index payment_events_provider_ids_idx on public.payment_events using gin (provider_ids);
create index payment_events_unapplied_idx on public.payment_events (received_at desc) where status in ('received', 'failed', 'review');

create function private.name_stripe_ids(p_object jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select case p_object ->> 'object'
    when 'checkout.session' then jsonb_build_object(
      'checkout_session_id', p_object -> 'id',
      'payment_id', p_object -> 'payment_intent',
      'subscription_id', p_object -> 'subscription'
    )
    when 'payment_intent' then jsonb_build_object('payment_id', p_object -> 'id')
    when 'charge' then jsonb_build_object('payment_id', p_object -> 'payment_intent')
    when 'refund' then jsonb_build_object('refund_id', p_object -> 'id', 'payment_id', p_object -> 'payment_intent')
    when 'dispute' then jsonb_build_object('dispute_id', p_object -> 'id', 'payment_id', p_object -> 'payment_intent')
    when 'subscription' then jsonb_build_object('subscription_id', p_object -> 'id')
    when 'invoice' then jsonb_build_object(
      'payment_id', p_object -> 'id',
      'subscription_id', p_object #> '{parent,subscription_details,subscription}'
    )
    else '{}'
  end
$$;
comment on function private.name_stripe_ids is
  'The ids of an object of Stripe under the names that other payloads give them; its webhooks carry the object as data.object.';

create function private.extract_provider_ids(p_payload jsonb)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select coalesce(array_agg(distinct value order by value), '{}')
  from jsonb_each_text(
    -- A webhook carries its object as data; an event made from an API response is the object itself.
    case
      when jsonb_typeof(p_payload #> '{data,object}') = 'object' then private.name_stripe_ids(p_payload #> '{data,object}')
      when jsonb_typeof(p_payload -> 'data') = 'object' then p_payload -> 'data'
      else p_payload
    end
  )
  where key in ('payment_id', 'checkout_session_id', 'subscription_id', 'refund_id', 'dispute_id')
  and value is not null
$$;
comment on function private.extract_provider_ids is 'The provider''s ids in the payload of an event.';

create function private.provider_ids_of(p_user_id uuid)
returns text[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(id), '{}')
  from (
    select unnest(array[provider_payment_id, checkout_session_id]) as id from public.payments where user_id = p_user_id
    union
    select provider_subscription_id from public.subscriptions where user_id = p_user_id
    union
    select r.provider_refund_id
    from public.payment_refunds r
    join public.payments p on p.id = r.payment_id
    where p.user_id = p_user_id
    union
    select d.provider_dispute_id
    from public.payment_disputes d
    join public.payments p on p.id = d.payment_id
    where p.user_id = p_user_id
  ) ids
  where id is not null
$$;
comment on function private.provider_ids_of is 'The provider''s ids of all that is about this user, as in payment_events.provider_ids.';

-- What is not applied yet is still needed; purge_event_payloads empties it once it is.
insert into private.personal_data (table_name, owned_by, columns)
values (
  'payment_events',
  $$status in ('processed', 'ignored') and provider_ids && private.provider_ids_of($1)$$,
  '{"payload": [], "error": null}'
);

create function public.store_payment_event(
  p_id text,
  p_type text,
  p_payload jsonb,
  p_provider text,
  p_source text default 'webhook'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  event public.payment_events;
begin
  insert into public.payment_events as stored (id, provider, source, type, payload, provider_ids)
  values (p_id, p_provider, p_source, p_type, p_payload, private.extract_provider_ids(p_payload))
  on conflict (id) do update
  set
    attempts = stored.attempts + 1,
    -- A resent event holds the current state; one that was applied keeps its payload.
    payload = case when stored.status in ('received', 'failed') then excluded.payload else stored.payload end,
    provider_ids = case
      when stored.status in ('received', 'failed') then excluded.provider_ids
      else stored.provider_ids
    end
  where stored.provider = excluded.provider
  returning * into event;
  if event.id is null then
    return private.refuse(
      'event.store', null, 'event_taken', 'Another payment provider has reported an event of this id.',
      jsonb_build_object('event_id', p_id, 'provider', p_provider)
    );
  end if;
  return jsonb_build_object('ok', true, 'status', event.status, 'attempts', event.attempts);
end
$$;
comment on function public.store_payment_event is
  'Stores an event before it is applied. A repeated one counts an attempt and returns its status. Refuses an id that another provider holds, so that its event is never taken for a repeated one.';

create function public.finish_payment_event(p_id text, p_status text, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- What was applied stays applied, even if a repeated event fails.
  update public.payment_events
  set
    status = p_status,
    error = left(p_error, 2000),
    processed_at = clock_timestamp()
  where id = p_id
  and status not in ('processed', 'review');
  return jsonb_build_object('ok', true, 'changed', found);
end
$$;
comment on function public.finish_payment_event is
  'Records the outcome of an event that changed nothing: ignored (nothing to do) or failed (with its error, to be sent again).';

create function public.purge_event_payloads(p_older_than interval default '90 days', p_limit integer default 5000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  purged integer;
begin
  update public.payment_events
  set payload = '{}'
  where id in (
    select id
    from public.payment_events
    where status in ('processed', 'ignored')
    and payload <> '{}'
    and received_at < clock_timestamp() - p_older_than
    order by received_at
    limit p_limit
    for update skip locked
  );
  get diagnostics purged = row_count;
  -- Of a closed account at once: what the provider still reports names the person.
  update public.payment_events e
  set payload = '{}'
  from public.profiles p
  where p.closed_at is not null
  and e.provider_ids && private.provider_ids_of(p.id)
  and e.status in ('processed', 'ignored')
  and e.payload <> '{}';
  return private.end_job('purge-event-payloads', jsonb_build_object('ok', true, 'purged', purged));
end
$$;
comment on function public.purge_event_payloads is
  'Empties the payloads of old events that were processed, and of all that are about closed accounts. Their ids stay, so a repeated event is still recognized.';

alter table public.payment_events enable row level security;

create policy "admins read the payment events"
on public.payment_events for select to authenticated
using ((select private.is_admin()));

grant select on public.payment_events to authenticated, service_role;
grant execute on function
  public.store_payment_event,
  public.finish_payment_event,
  public.purge_event_payloads
to service_role;

alter publication supabase_realtime add table public.payment_events;

-- Whose money it is. Everything about one user's money locks the row of the user's profile first, so events about a
-- payment, its subscription and its refund never see each other half done, and never deadlock.

create function private.find_payer(
  p_provider text,
  p_payment_id text default null,
  p_checkout_session_id text default null,
  p_subscription_id text default null,
  p_customer_id text default null
)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select user_id from public.payments where provider = p_provider and provider_payment_id = p_payment_id),
    (
      select user_id
      from public.payments
      where provider = p_provider
      and checkout_session_id = p_checkout_session_id
      limit 1
    ),
    (
      select user_id
      from public.subscriptions
      where provider = p_provider
      and provider_subscription_id = p_subscription_id
    ),
    (
      select user_id
      from public.payment_customers
      where provider = p_provider
      and provider_customer_id = p_customer_id
    )
  )
$$;
comment on function private.find_payer is
  'Whose payment or subscription it is, by ids that were stored when the checkout was opened; null for none of our users. Metadata is never read.';

create function private.lock_payer(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.profiles where id = p_user_id for no key update;
end
$$;
comment on function private.lock_payer is 'Locks everything about this user''s money until the transaction ends.';

create function private.lock_charged_payment(p_provider text, p_provider_payment_id text)
returns public.payments
language plpgsql
set search_path = ''
as $$
declare
  payer uuid := private.find_payer(p_provider, p_provider_payment_id);
  payment public.payments;
begin
  if payer is null then
    return null;
  end if;
  perform private.lock_payer(payer);
  -- Until it has succeeded, another attempt at the same checkout may take over its row.
  select * into payment
  from public.payments
  where provider = p_provider
  and provider_payment_id = p_provider_payment_id
  and status = 'succeeded';
  return payment;
end
$$;
comment on function private.lock_charged_payment is
  'The payment with that id if it has succeeded, its payer locked; all null otherwise.';

create function public.link_customer(p_user_id uuid, p_customer_id text, p_provider text, p_email text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  kept text;
  holder uuid;
begin
  insert into public.payment_customers (user_id, provider, provider_customer_id, email)
  values (p_user_id, p_provider, p_customer_id, lower(p_email))
  on conflict do nothing;
  select provider_customer_id into kept
  from public.payment_customers
  where user_id = p_user_id
  and provider = p_provider;
  if kept is not null then
    return jsonb_build_object('ok', true, 'customer_id', kept);
  end if;
  select user_id into holder
  from public.payment_customers
  where provider = p_provider
  and provider_customer_id = p_customer_id;
  return private.refuse(
    'customer.link', p_user_id, 'customer_taken',
    'Our payment provider knows your e-mail address as another account. Nothing was charged; please write to us.',
    jsonb_build_object('customer_id', p_customer_id, 'holder_id', holder)
  -- Whose it is, admins read in the audit log.
  ) - array['customer_id', 'holder_id'];
end
$$;
comment on function public.link_customer is
  'Links a user to a customer of the payment provider, once: of two concurrent calls the first wins, and both return its id. Refuses a customer linked to another user: providers match by e-mail, and addresses change owners.';

create function public.find_customer(p_user_id uuid, p_provider text, p_caller jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_caller('customer.find', p_user_id, p_caller);
begin
  return coalesce(refused, (
    select jsonb_build_object(
      'ok', true,
      'email', lower(p.email),
      'customer_id', c.provider_customer_id,
      'customer_email', c.email
    )
    from public.profiles p
    left join public.payment_customers c on c.user_id = p.id and c.provider = p_provider
    where p.id = p_user_id
  ));
end
$$;
comment on function public.find_customer is
  'The customer of the payment provider that a user is, null before the first checkout, with the addresses of both. Asked before every checkout and portal, so the session is checked here.';

create function public.record_customer_email(
  p_user_id uuid,
  p_provider text,
  p_email text,
  p_reason text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'customer.move';
  refused jsonb;
begin
  if p_actor_id is not null then
    refused := private.refuse_unless_admin(audit_action, p_user_id, p_actor_id);
    if refused is not null then
      return refused;
    end if;
  end if;
  update public.payment_customers
  set email = lower(p_email)
  where user_id = p_user_id
  and provider = p_provider;
  if not found then
    return private.refuse(
      audit_action, p_user_id, 'customer_not_found', 'This user is no customer of the payment provider.',
      p_actor_id => p_actor_id
    );
  end if;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, p_user_id, audit_action, 'success', coalesce(p_reason, 'The customer follows the address of the user'),
    jsonb_build_object('provider', p_provider)
  );
  return jsonb_build_object('ok', true);
end
$$;
comment on function public.record_customer_email is
  'Notes the address that the payment provider has for a customer from now on, in the name of an admin or because the user''s own has changed.';

grant execute on function
  public.link_customer,
  public.find_customer,
  public.record_customer_email
to service_role;

-- One checkout per user and package: asked for again, or sixty times at once, it is the same.

create table private.open_checkouts (
  user_id uuid not null references public.profiles (id) on delete cascade,
  package_id text not null references public.credit_packages (id) on update cascade on delete cascade,
  provider text not null,
  claimed_at timestamptz not null default clock_timestamp(),
  payment_id uuid references public.payments (id) on delete cascade,
  url text,
  primary key (user_id, package_id, provider),
  constraint open_checkouts_have_both check ((payment_id is null) = (url is null))
);
comment on table private.open_checkouts is
  'The latest checkout of a user for a package: while it can be paid, asking again leads to it. Without a payment it is being opened.';

create index open_checkouts_package_idx on private.open_checkouts (package_id);
create index open_checkouts_payment_idx on private.open_checkouts (payment_id);

alter table private.open_checkouts enable row level security;

create function private.plan_rejection(p_user_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select case
    when private.live_subscription(p_user_id) is not null then jsonb_build_object(
      'code', 'already_subscribed',
      'message', 'You have a plan already. Change it on the billing page instead of buying a second one.'
    )
    when exists (
      select from public.payments p
      join public.credit_packages k on k.id = p.package_id
      left join public.subscriptions s on s.id = p.subscription_id
      where p.user_id = p_user_id
      and k.kind = 'subscription'
      and (
        p.status = 'processing' and coalesce(s.status, 'pending') = 'pending'
        or p.status = 'succeeded' and s.status = 'pending'
      )
    ) then jsonb_build_object(
      'code', 'plan_pending',
      'message', 'Your payment for a plan is being processed. Your plan appears on the billing page as soon as it has gone through.'
    )
  end
$$;
comment on function private.plan_rejection is
  'Why a user cannot begin a plan now: one is live, or one is paid for or being paid for; null if they can.';

create function private.has_had_plan(p_user_id uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.subscriptions
    where user_id = p_user_id
    and status not in ('pending', 'failed')
  )
$$;
comment on function private.has_had_plan is 'Whether a user has, or ever had, a plan: a trial is for who has not.';

create function private.refuse_buyer(p_audit_action text, p_user_id uuid, p_package public.credit_packages)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  rejected jsonb;
begin
  if not exists (select from public.profiles where id = p_user_id) then
    return private.refuse(p_audit_action, p_user_id, 'user_not_found', 'There is no such user.');
  end if;
  rejected := case when p_package.kind = 'subscription' then private.plan_rejection(p_user_id) end;
  if rejected is not null then
    return private.refuse(p_audit_action, p_user_id, rejected ->> 'code', rejected ->> 'message');
  end if;
  return null;
end
$$;
comment on function private.refuse_buyer is
  'The refusal of a user who cannot buy this package now; null for one who can. Call it with the payer locked.';

create function public.begin_checkout(
  p_user_id uuid,
  p_package_id text,
  p_provider text,
  p_caller jsonb,
  p_reuse interval default '30 minutes',
  p_timeout interval default '1 minute'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'checkout.begin';
  package public.credit_packages;
  known private.open_checkouts;
  payment public.payments;
  refused jsonb := private.refuse_caller(audit_action, p_user_id, p_caller);
begin
  if refused is not null then
    return refused;
  end if;
  perform private.lock_payer(p_user_id);
  select * into package from public.credit_packages where id = p_package_id and active;
  if not found then
    return private.refuse(audit_action, p_user_id, 'package_not_found', 'This package is not for sale.');
  end if;
  refused := private.refuse_buyer(audit_action, p_user_id, package);
  if refused is not null then
    return refused;
  end if;
  select * into known
  from private.open_checkouts
  where user_id = p_user_id
  and package_id = p_package_id
  and provider = p_provider;
  if known.url is null and known.claimed_at > clock_timestamp() - p_timeout then
    return jsonb_build_object('ok', true, 'state', 'opening');
  end if;
  select p.* into payment
  from public.payments p
  join public.package_products sold
    on sold.package_id = p.package_id and sold.provider = p.provider and sold.retired_at is null
  where p.id = known.payment_id
  and p.status = 'pending'
  and p.created_at > clock_timestamp() - p_reuse
  -- What is for sale may have changed since.
  and (p.credits, p.credit_type, p.amount, p.currency, p.provider_product_id)
    = (package.credits, package.credit_type, package.price, package.currency, sold.product_id);
  if found then
    return jsonb_build_object(
      'ok', true,
      'state', 'open',
      'url', known.url,
      'payment_id', payment.id,
      'checkout_session_id', payment.checkout_session_id,
      -- Nobody pays faster than this.
      'new', payment.created_at > clock_timestamp() - interval '10 seconds'
    );
  end if;
  insert into private.open_checkouts (user_id, package_id, provider)
  values (p_user_id, p_package_id, p_provider)
  on conflict (user_id, package_id, provider) do update
  set claimed_at = clock_timestamp(), payment_id = null, url = null;
  return jsonb_build_object(
    'ok', true,
    'state', 'claimed',
    'trial_days', case when private.has_had_plan(p_user_id) then 0 else package.trial_days end
  );
end
$$;
comment on function public.begin_checkout is
  'Leads to the checkout a user has open for a package (open; the provider should be asked whether it was paid unless it is new), or claims opening one (claimed, with the days of its trial: record_checkout or abandon_checkout follows). Of many calls at once one claims; the others hear that it is opening, for p_timeout at most.';

create function public.abandon_checkout(p_user_id uuid, p_package_id text, p_provider text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  delete from private.open_checkouts
  where user_id = p_user_id
  and package_id = p_package_id
  and provider = p_provider
  and url is null;
  return jsonb_build_object('ok', true, 'changed', found);
end
$$;
comment on function public.abandon_checkout is 'Gives a claimed checkout up, so that another call can open it.';

grant execute on function public.begin_checkout, public.abandon_checkout to service_role;

-- From the checkout to its payment.

create function public.record_checkout(
  p_user_id uuid,
  p_package_id text,
  p_checkout_session_id text,
  p_provider text,
  p_url text default null,
  p_package_version bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'checkout.record';
  package public.credit_packages;
  product_id text;
  payment_id uuid;
  refused jsonb;
begin
  select * into package
  from public.credit_packages
  where id = p_package_id
  and active
  -- Whoever changes the package waits for this payment, and finds it.
  for share;
  select p.product_id into product_id
  from public.package_products p
  where p.package_id = package.id
  and p.provider = p_provider
  and p.retired_at is null;
  if product_id is null then
    return private.refuse(audit_action, p_user_id, 'package_not_found', 'This package is not for sale.');
  end if;
  if p_package_version <> package.version then
    return private.refuse(
      audit_action, p_user_id, 'package_changed',
      'This package has just been changed. Nothing was charged: reload the page to see what it is now.'
    );
  end if;
  perform private.lock_payer(p_user_id);
  refused := private.refuse_buyer(audit_action, p_user_id, package);
  if refused is not null then
    return refused;
  end if;
  insert into public.payments (
    user_id, package_id, credit_type, credits, amount, currency, provider, provider_product_id, checkout_session_id
  )
  values (
    p_user_id, package.id, package.credit_type, package.credits, package.price, package.currency,
    p_provider, product_id, p_checkout_session_id
  )
  returning id into payment_id;
  if p_url is not null then
    insert into private.open_checkouts as known (user_id, package_id, provider, payment_id, url)
    values (p_user_id, package.id, p_provider, payment_id, p_url)
    on conflict (user_id, package_id, provider) do update
    set payment_id = excluded.payment_id, url = excluded.url;
  end if;
  return jsonb_build_object('ok', true, 'payment_id', payment_id);
end
$$;
comment on function public.record_checkout is
  'Writes the pending payment of a checkout session, with what it will grant, before the buyer is sent there. The session is for the package as it was at p_package_version: another one is refused.';

create function public.claim_payment_check(p_user_id uuid, p_min_interval interval default '5 seconds')
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  payment public.payments;
begin
  perform private.lock_payer(p_user_id);
  if not exists (
    select from public.payments
    where user_id = p_user_id
    and checked_at > clock_timestamp() - p_min_interval
  ) then
    update public.payments
    set checked_at = clock_timestamp()
    where id = (
      select p.id
      from public.payments p
      left join public.subscriptions s on s.id = p.subscription_id
      where p.user_id = p_user_id
      -- A checkout expires after a day.
      and p.created_at > clock_timestamp() - interval '1 day'
      and (
        p.status in ('pending', 'processing')
        -- The charge of a plan is known, but not what it was for.
        or p.status = 'succeeded' and s.status = 'pending'
        or p.status = 'succeeded' and s.id is not null and p.charged_amount > 0 and not exists (
          select from public.subscription_periods where payment_id = p.id
        )
      )
      order by p.checked_at nulls first, p.created_at desc
      limit 1
    )
    returning * into payment;
  end if;
  return jsonb_build_object(
    'ok', true,
    'claimed', payment.id is not null,
    'provider', payment.provider,
    'checkout_session_id', payment.checkout_session_id,
    'provider_payment_id', payment.provider_payment_id
  );
end
$$;
comment on function public.claim_payment_check is
  'Picks the open purchase of this user to ask the provider about: the one not checked for longest. At most one per p_min_interval, however many tabs wait.';

grant execute on function public.record_checkout, public.claim_payment_check to service_role;

-- What admins change about packages, and how their products follow.

create function private.package_terms(p_package public.credit_packages)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select to_jsonb(p_package) - array['version', 'created_at', 'updated_at']
$$;
comment on function private.package_terms is 'All that an admin decides about a package.';

create function private.package_rejection(p_package public.credit_packages)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select case
    when not exists (select from public.credit_types where id = p_package.credit_type) then jsonb_build_object(
      'code', 'unknown_credit_type', 'message', 'There is no such credit type.'
    )
    when p_package.tier is not null and not exists (
      select from public.membership_tiers where id = p_package.tier
    ) then jsonb_build_object('code', 'unknown_tier', 'message', 'There is no such membership.')
    when p_package.kind = 'subscription' and p_package.billing_interval is null
      or p_package.kind = 'one_time' and (
        p_package.billing_interval is not null
        or p_package.tier is not null
        or p_package.trial_days > 0
        or p_package.unused_credits <> 'roll_over'
      )
    then jsonb_build_object(
      'code', 'invalid_terms',
      'message', 'A plan has an interval; a package has none, and no membership, trial or credits that expire.'
    )
    when p_package.price < 1 then jsonb_build_object(
      'code', 'invalid_price', 'message', 'A package has a price of at least one minor unit.'
    )
  end
$$;
comment on function private.package_rejection is 'Why a package cannot be saved like this; null if it can.';

create function private.has_plan_buyers(p_package_id text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.subscriptions s
    where p_package_id in (s.package_id, s.scheduled_package_id)
    and (private.is_live(s) or s.status = 'pending' and s.created_at > clock_timestamp() - interval '1 day')
  )
  or exists (
    select from public.payments p
    where p.package_id = p_package_id
    and p.status in ('pending', 'processing')
    -- A checkout can be paid for a day.
    and (p.status = 'processing' or p.created_at > clock_timestamp() - interval '1 day')
  )
$$;
comment on function private.has_plan_buyers is
  'Whether anybody has this plan, changes to it, or has a checkout for it that can still be paid. Every period grants what the plan says then, so its terms stay.';

create function public.create_package(p_package jsonb, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.create';
  asked constant jsonb := jsonb_build_object('package_id', p_package ->> 'id');
  wanted public.credit_packages;
  kept public.credit_packages;
  rejected jsonb;
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id, asked);
begin
  if refused is not null then
    return refused;
  end if;
  wanted := jsonb_populate_record(
    null::public.credit_packages,
    '{"description": "", "kind": "one_time", "credit_type": "general", "currency": "USD", "unused_credits": "roll_over",
      "popular": false, "trial_days": 0, "active": true, "metadata": {}, "version": 1}'::jsonb || p_package
  );
  rejected := private.package_rejection(wanted);
  if rejected is not null then
    return private.refuse(
      audit_action, null, rejected ->> 'code', rejected ->> 'message', asked, p_actor_id
    );
  end if;
  wanted.sort_order := coalesce(wanted.sort_order, (select max(sort_order) + 1 from public.credit_packages), 1);
  wanted.created_at := now();
  wanted.updated_at := wanted.created_at;
  insert into public.credit_packages
  select wanted.*
  on conflict (id) do nothing
  returning * into kept;
  if kept.id is null then
    select * into kept from public.credit_packages where id = wanted.id;
    if private.package_terms(kept) @> p_package then
      return jsonb_build_object('ok', true, 'replayed', true, 'id', kept.id, 'version', kept.version);
    end if;
    return private.refuse(
      audit_action, null, 'package_exists',
      format('There is a package with the id %s already. Choose another id.', wanted.id), asked, p_actor_id
    );
  end if;
  insert into public.audit_logs (actor_id, action, outcome, details)
  values (p_actor_id, audit_action, 'success', asked || jsonb_build_object('terms', private.package_terms(kept) - 'id'));
  return jsonb_build_object('ok', true, 'replayed', false, 'id', kept.id, 'version', kept.version);
end
$$;
comment on function public.create_package is
  'Puts a package up for sale in the name of an admin. Its id is its key: asked for again with the same terms, it is the same package.';

create function public.update_package(p_id text, p_version bigint, p_changes jsonb, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.update';
  asked jsonb := jsonb_build_object('package_id', p_id);
  plan_terms constant text[] :=
    array['credits', 'credit_type', 'price', 'currency', 'billing_interval', 'unused_credits', 'tier'];
  known public.credit_packages;
  wanted public.credit_packages;
  changed jsonb;
  rejected jsonb;
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id, asked);
begin
  if refused is not null then
    return refused;
  end if;
  select * into known from public.credit_packages where id = p_id for update;
  if not found then
    return private.refuse(audit_action, null, 'package_not_found', 'There is no such package.', asked, p_actor_id);
  end if;
  wanted := jsonb_populate_record(known, p_changes - array['id', 'kind', 'version', 'created_at', 'updated_at']);
  select jsonb_object_agg(key, jsonb_build_array(private.package_terms(known) -> key, value)) into changed
  from jsonb_each(private.package_terms(wanted))
  where value <> private.package_terms(known) -> key;
  if changed is null then
    return jsonb_build_object('ok', true, 'replayed', true, 'id', known.id, 'version', known.version);
  end if;
  asked := asked || jsonb_build_object('changes', changed);
  rejected := case
    when p_version is distinct from known.version then jsonb_build_object(
      'code', 'package_changed',
      'message', 'Somebody else has changed this package meanwhile. Reload the page, then make your change again.'
    )
    when known.kind = 'subscription' and changed ?| plan_terms and private.has_plan_buyers(known.id) then jsonb_build_object(
      'code', 'plan_in_use',
      'message', 'Somebody has this plan or a checkout for it, so its price and what it brings stay. Retire it, and sell the new terms as a plan of its own.'
    )
    else private.package_rejection(wanted)
  end;
  if rejected is not null then
    return private.refuse(audit_action, null, rejected ->> 'code', rejected ->> 'message', asked, p_actor_id);
  end if;
  update public.credit_packages
  set
    name = wanted.name,
    description = wanted.description,
    credits = wanted.credits,
    credit_type = wanted.credit_type,
    price = wanted.price,
    currency = wanted.currency,
    billing_interval = wanted.billing_interval,
    unused_credits = wanted.unused_credits,
    tier = wanted.tier,
    popular = wanted.popular,
    trial_days = wanted.trial_days,
    active = wanted.active,
    sort_order = wanted.sort_order,
    metadata = wanted.metadata
  where id = known.id
  returning * into wanted;
  if changed ?| array['price', 'currency', 'billing_interval'] then
    -- Nobody can buy it at another price than this one: it is sold again once it has a product of this price.
    update public.package_products
    set retired_at = clock_timestamp()
    where package_id = known.id
    and retired_at is null;
  end if;
  insert into public.audit_logs (actor_id, action, outcome, details)
  values (p_actor_id, audit_action, 'success', asked);
  return jsonb_build_object('ok', true, 'replayed', false, 'id', wanted.id, 'version', wanted.version);
end
$$;
comment on function public.update_package is
  'Changes a package in the name of an admin who saw it at p_version. What a checkout has been opened for stays as it was; a plan that somebody has keeps its terms.';

create function public.order_packages(p_ids text[], p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.order';
  asked constant jsonb := jsonb_build_object('package_ids', p_ids);
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id, asked);
begin
  if refused is not null then
    return refused;
  end if;
  perform from public.credit_packages order by id for update;
  if (select count(*) from public.credit_packages where id = any (p_ids)) <> cardinality(p_ids) then
    return private.refuse(
      audit_action, null, 'package_not_found', 'One of these packages is not there, or is named twice.', asked, p_actor_id
    );
  end if;
  with ordered as (
    select id, row_number() over (order by sort_order, id) as place
    from public.credit_packages
  ),
  slots as (
    select place, row_number() over (order by place) as position
    from ordered
    where id = any (p_ids)
  ),
  placed as (
    select named.id, slots.place
    from unnest(p_ids) with ordinality as named (id, position)
    join slots using (position)
    union all
    select id, place
    from ordered
    where id <> all (p_ids)
  )
  update public.credit_packages k
  set sort_order = placed.place
  from placed
  where k.id = placed.id
  and k.sort_order <> placed.place;
  if not found then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  insert into public.audit_logs (actor_id, action, outcome, details)
  values (p_actor_id, audit_action, 'success', asked);
  return jsonb_build_object('ok', true, 'replayed', false);
end
$$;
comment on function public.order_packages is
  'Puts these packages in this order, in the name of an admin: among themselves they take the places they had.';

grant execute on function public.create_package, public.update_package, public.order_packages to service_role;

-- How the product of a package at a payment provider follows it.

create function public.begin_product_sync(
  p_package_id text,
  p_provider text,
  p_actor_id uuid default null,
  p_timeout interval default '1 minute'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.sync';
  asked constant jsonb := jsonb_build_object('package_id', p_package_id, 'provider', p_provider);
  package public.credit_packages;
  refused jsonb := case
    when p_actor_id is not null then private.refuse_unless_admin(audit_action, null, p_actor_id, asked)
  end;
begin
  if refused is not null then
    return refused;
  end if;
  select * into package from public.credit_packages where id = p_package_id for update;
  if not found then
    return private.refuse(audit_action, null, 'package_not_found', 'There is no such package.', asked, p_actor_id);
  end if;
  if not package.active then
    return private.refuse(
      audit_action, null, 'package_retired', 'This package is not for sale, so its product stays as it is.', asked, p_actor_id
    );
  end if;
  insert into public.package_syncs as known (package_id, provider, status)
  values (package.id, p_provider, 'syncing')
  on conflict (package_id, provider) do update
  set status = 'syncing', error = null, started_at = clock_timestamp(), finished_at = null
  where known.status <> 'syncing'
  or known.started_at < clock_timestamp() - p_timeout;
  if not found then
    return jsonb_build_object('ok', true, 'state', 'syncing');
  end if;
  return jsonb_build_object(
    'ok', true,
    'state', 'claimed',
    'version', package.version,
    'name', package.name,
    'description', package.description,
    'price', package.price,
    'currency', package.currency,
    'interval', package.billing_interval,
    'trial_days', package.trial_days,
    'product_id', (
      select product_id
      from public.package_products
      where package_id = package.id
      and provider = p_provider
      and retired_at is null
    )
  );
end
$$;
comment on function public.begin_product_sync is
  'Claims bringing the product of a package in line, for p_timeout at most: end_product_sync follows. Of many calls at once one claims; the others hear that it is syncing.';

create function public.end_product_sync(
  p_package_id text,
  p_provider text,
  p_version bigint,
  p_product_id text default null,
  p_price_id text default null,
  p_done text[] default '{}',
  p_error text default null,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'package.sync';
  package public.credit_packages;
  outdated boolean;
  failure text := p_error;
begin
  select * into package from public.credit_packages where id = p_package_id for update;
  outdated := package.version is distinct from p_version;
  if failure is null and outdated then
    failure := 'The package was changed while it was synced.';
  end if;
  if failure is null and exists (
    select from public.package_products
    where provider = p_provider
    and product_id = p_product_id
    and package_id <> p_package_id
  ) then
    failure := format('The product %s is that of another package.', p_product_id);
  end if;
  if failure is null then
    update public.package_products
    set retired_at = clock_timestamp()
    where package_id = p_package_id
    and provider = p_provider
    and product_id <> p_product_id
    and retired_at is null;
    insert into public.package_products (package_id, provider, product_id, price_id)
    values (p_package_id, p_provider, p_product_id, p_price_id)
    on conflict (provider, product_id) do update
    set price_id = excluded.price_id, retired_at = null;
  end if;
  update public.package_syncs
  set
    status = case when failure is null then 'synced' else 'failed' end,
    product_id = case when failure is null then p_product_id else product_id end,
    error = left(failure, 500),
    finished_at = clock_timestamp()
  where package_id = p_package_id
  and provider = p_provider;
  if failure is not null or cardinality(p_done) > 0 then
    insert into public.audit_logs (actor_id, action, outcome, reason, details)
    values (
      p_actor_id, audit_action, case when failure is null then 'success' else 'failure' end, left(failure, 500),
      jsonb_strip_nulls(jsonb_build_object(
        'package_id', p_package_id, 'provider', p_provider, 'product_id', p_product_id, 'done', to_jsonb(p_done)
      ))
    );
  end if;
  return jsonb_build_object('ok', true, 'outdated', outdated, 'error', failure);
end
$$;
comment on function public.end_product_sync is
  'Stores what a package is sold as since its sync, or why that failed. A product of the package as it was before a change is not stored: outdated, it is to be synced again.';

grant execute on function public.begin_product_sync, public.end_product_sync to service_role;

-- Taking back what a payment granted. How much is due follows from all of the payment's refunds and disputes, and
-- only the difference from what was taken so far is posted: the result is the same in whatever order events arrive.

create function private.clawed_back(p_transaction_id bigint)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(debt_change - amount), 0)
  from public.credit_transactions
  where reverses = p_transaction_id
  and type in ('clawback', 'clawback_reversal')
$$;
comment on function private.clawed_back is
  'Credits of a granting transaction that are taken back now, from the wallet or as debt.';

create function private.burn_for_clawback(p_wallet public.credits, p_own_grant bigint, p_amount bigint)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  own bigint;
  without_expiry bigint;
  burned jsonb;
begin
  if p_wallet.next_expiry_at is null then
    return null;
  end if;
  select least(remaining, p_amount) into own from public.credit_grants where id = p_own_grant;
  own := coalesce(own, 0);
  update public.credit_grants set remaining = remaining - own where id = p_own_grant and own > 0;
  select least(p_wallet.balance - own - sum(remaining), p_amount - own) into without_expiry
  from public.credit_grants
  where user_id = p_wallet.user_id
  and credit_type = p_wallet.credit_type
  and remaining > 0;
  burned := private.burn_grants(p_wallet, p_amount - own - coalesce(without_expiry, p_amount - own));
  if own > 0 then
    burned := jsonb_build_array(jsonb_build_object('grant', p_own_grant, 'amount', own)) || burned;
  end if;
  return burned;
end
$$;
comment on function private.burn_for_clawback is
  'Burns an amount: first of the grant of the payment, then of credits without expiry, then of other grants. Returns which grants.';

create function private.expired_credits(p_grant public.credit_grants)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(-sum(amount), 0)
  from public.credit_transactions
  where user_id = p_grant.user_id
  and credit_type = p_grant.credit_type
  and type = 'expiry'
  and reference_type = 'grant'
  and reference_id = p_grant.id::text
$$;
comment on function private.expired_credits is 'Credits of a grant that expired unused; 0 for no grant.';

create function private.taken_from_grant(p_grant public.credit_grants)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(
    case t.type
      when 'clawback' then (
        select sum((burn ->> 'amount')::bigint)
        from jsonb_array_elements(t.burned_grants) burn
        where (burn ->> 'grant')::bigint = p_grant.id
      )
      else -(t.metadata ->> 'restored_to_grant')::bigint
    end
  ), 0)
  from public.credit_transactions t
  where t.reverses = p_grant.transaction_id
  and t.type in ('clawback', 'clawback_reversal')
$$;
comment on function private.taken_from_grant is 'Credits that clawbacks of its own payment took out of a grant and did not return.';

create function private.sync_clawback(
  p_transaction_id bigint,
  p_target bigint,
  p_reason text,
  p_reference_id text,
  p_reference_type text
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  original public.credit_transactions;
  own_grant public.credit_grants;
  wallet public.credits;
  target bigint;
  due bigint;
  share bigint;
  burned jsonb;
begin
  select * into original from public.credit_transactions where id = p_transaction_id;
  wallet := private.expire_due(private.lock_wallet(original.user_id, original.credit_type));
  select * into own_grant from public.credit_grants where transaction_id = original.id;
  target := least(p_target, original.amount - private.expired_credits(own_grant));
  due := target - private.clawed_back(original.id);
  if due = 0 then
    return 0;
  end if;

  if due > 0 then
    share := least(wallet.balance, due);
    burned := private.burn_for_clawback(wallet, own_grant.id, share);
    perform private.post_transaction(
      wallet, 'clawback', -share, 'clawback', p_reason, p_reference_id, p_reference_type,
      p_reverses => original.id,
      p_burned_grants => burned,
      p_next_expiry_at => private.next_expiry(wallet.user_id, wallet.credit_type),
      p_debt_change => due - share
    );
    return due;
  end if;

  -- Returned credits cancel debt first, then go into the grant they were taken from.
  share := -due - least(wallet.debt, -due);
  update public.credit_grants
  set remaining = remaining + least(share, private.taken_from_grant(own_grant))
  where id = own_grant.id;
  perform private.post_transaction(
    wallet, 'clawback_reversal', share, 'clawback_reversal', p_reason, p_reference_id, p_reference_type,
    p_reverses => original.id,
    p_next_expiry_at => private.next_expiry(wallet.user_id, wallet.credit_type),
    p_metadata => case
      when own_grant.id is null then '{}'
      else jsonb_build_object('restored_to_grant', least(share, private.taken_from_grant(own_grant)))
    end,
    p_debt_change => share + due
  );
  perform private.expire_due(private.lock_wallet(wallet.user_id, wallet.credit_type));
  return due;
end
$$;
comment on function private.sync_clawback is
  'Takes back or returns credits of a granting transaction until p_target are taken. What the wallet lacks becomes debt; credits that expired unused are not taken. Returns the difference.';

create function private.clawback_target(p_payment public.payments, p_granted bigint, p_also_refunded bigint default 0)
returns bigint
language sql
stable
set search_path = ''
as $$
  select case
    when refunded.whole then p_granted
    when p_payment.charged_amount > 0 then floor(
      p_granted * least(1, (refunded.amount + disputed.amount + p_also_refunded)::numeric / p_payment.charged_amount)
    )::bigint
    else 0
  end
  from (
    select coalesce(sum(amount), 0) as amount, coalesce(bool_or(whole), false) as whole
    from public.payment_refunds
    where payment_id = p_payment.id
    and status = 'succeeded'
  ) refunded,
  (
    select coalesce(sum(amount), 0) as amount
    from public.payment_disputes
    where payment_id = p_payment.id
    and status not in ('won', 'cancelled')
  ) disputed
$$;
comment on function private.clawback_target is
  'How many of the credits a payment granted should be taken back: the share of the money that was refunded or is disputed, each credit once. p_also_refunded adds an amount that is not refunded yet.';

create function private.granting_transactions(p_payment public.payments)
returns bigint[]
language sql
stable
set search_path = ''
as $$
  select array_remove(array_agg(transaction_id), null)
  from (
    select p_payment.transaction_id
    union all
    select transaction_id from public.subscription_periods where payment_id = p_payment.id
  ) granted
$$;
comment on function private.granting_transactions is 'The ledger rows that a payment granted: its own, or those of the periods it paid for.';

create function private.sync_payment(p_payment_id uuid, p_reason text)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  payment public.payments;
  granted record;
  taken bigint := 0;
begin
  update public.payments
  set
    refunded_amount = (
      select coalesce(sum(case when r.whole then charged_amount else r.amount end), 0)
      from public.payment_refunds r
      where r.payment_id = payments.id
      and r.status = 'succeeded'
    ),
    dispute_status = (
      select d.status
      from public.payment_disputes d
      where d.payment_id = payments.id
      order by d.status_at desc, d.provider_dispute_id
      limit 1
    )
  where id = p_payment_id
  returning * into payment;
  for granted in
    select t.id, t.amount
    from public.credit_transactions t
    where t.id = any(private.granting_transactions(payment))
    order by t.id
  loop
    taken := taken + private.sync_clawback(
      granted.id, private.clawback_target(payment, granted.amount), p_reason, payment.provider_payment_id, 'payment'
    );
  end loop;
  return taken;
end
$$;
comment on function private.sync_payment is
  'Brings a payment''s totals, and what was taken back of its credits, in line with its refunds and disputes. Returns the credits taken now (negative: returned).';

-- What a subscription brings: credits with every paid period, and a membership while it is live.

create function private.require_granted(p_granted jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not (p_granted ->> 'ok')::boolean then
    raise exception using
      errcode = 'PT422',
      message = p_granted ->> 'code',
      detail = p_granted ->> 'message';
  end if;
end
$$;
comment on function private.require_granted is
  'Raises, and so undoes the transaction, when credits could not be granted: the event stays failed and is sent again.';

create function private.queue_receipt(p_payment public.payments, p_transaction_id bigint, p_package_name text)
returns void
language sql
set search_path = ''
as $$
  select private.queue_mail(
    p_payment.user_id,
    'receipt',
    format('receipt:%s:%s', p_payment.provider, p_payment.provider_payment_id),
    jsonb_build_object(
      'credits', t.amount,
      'credit_type', t.credit_type,
      'package_name', p_package_name,
      'amount', p_payment.charged_amount,
      'currency', p_payment.charged_currency,
      'balance', c.balance,
      -- A debt is repaid in the transaction of the grant, so its row is the very next one of the wallet.
      'repaid', coalesce((
        select -r.amount
        from public.credit_transactions r
        where r.user_id = t.user_id
        and r.credit_type = t.credit_type
        and r.seq = t.seq + 1
        and r.type = 'debt_repayment'
      ), 0),
      'payment_id', p_payment.provider_payment_id,
      'paid_at', p_payment.charged_at,
      'tax', p_payment.charged_tax,
      'provider', p_payment.provider,
      'subscription', p_payment.subscription_id is not null
    )
  )
  from public.credit_transactions t
  join public.credits c using (user_id, credit_type)
  where t.id = p_transaction_id
$$;
comment on function private.queue_receipt is 'Queues the receipt of a payment and what it granted, once per payment.';

create function private.effective_period_end(
  p_subscription_id uuid,
  p_package_id text,
  p_start timestamptz,
  p_end timestamptz
)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
  earlier public.subscription_periods;
  later public.subscription_periods;
begin
  select * into earlier
  from public.subscription_periods
  where subscription_id = p_subscription_id
  and period_start < p_start
  order by period_start desc
  limit 1;
  select * into later
  from public.subscription_periods
  where subscription_id = p_subscription_id
  and period_start >= p_start
  order by period_start
  limit 1;
  if p_end <= p_start or later.period_start = p_start then
    return null;
  end if;
  if (
    earlier.package_id = p_package_id and earlier.period_end > p_start
    or later.package_id = p_package_id and later.period_start < p_end
  ) and not exists (
    select from public.payments c
    where c.subscription_id = p_subscription_id
    and c.status = 'succeeded'
    and c.charged_amount > 0
    and c.charged_at between p_start - interval '1 day' and p_start + interval '1 day'
    and not exists (select from public.subscription_periods where payment_id = c.id)
  ) then
    return null;
  end if;
  return least(p_end, later.period_start);
end
$$;
comment on function private.effective_period_end is
  'Where a paid period ends beside those that were granted; null if it cannot be one of its own. A plan change begins one within another, as does a charge that paid for none yet (a renewal brought forward); the same plan told of with another beginning does not.';

create function private.grant_period(
  p_subscription public.subscriptions,
  p_package public.credit_packages,
  p_quantity integer,
  p_start timestamptz,
  p_end timestamptz
)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
  effective_end constant timestamptz := private.effective_period_end(p_subscription.id, p_package.id, p_start, p_end);
  granted jsonb;
begin
  if effective_end is null then
    return null;
  end if;
  granted := public.add_credits(
    p_subscription.user_id, p_package.credits * greatest(p_quantity, 1), p_package.credit_type, 'subscription_grant',
    p_action => 'subscription',
    p_description => p_package.name || ' plan',
    p_reference_id => p_subscription.provider_subscription_id,
    p_reference_type => 'subscription',
    -- A period reported after its end still gives a full period to use its credits.
    p_expires_at => case
      when p_package.unused_credits = 'roll_over' then null
      when p_end > clock_timestamp() then p_end
      else clock_timestamp() + (p_end - p_start)
    end,
    p_idempotency_key => format(
      'subscription:%s:%s:%s',
      p_subscription.provider, p_subscription.provider_subscription_id, extract(epoch from p_start)::bigint
    ),
    p_request_hash => 'subscription',
    p_metadata => jsonb_build_object('provider', p_subscription.provider)
  );
  perform private.require_granted(granted);
  update public.subscription_periods
  set period_end = p_start
  where subscription_id = p_subscription.id
  and period_start < p_start
  and period_end > p_start;
  insert into public.subscription_periods (subscription_id, period_start, period_end, package_id, transaction_id)
  values (p_subscription.id, p_start, effective_end, p_package.id, (granted ->> 'transaction_id')::bigint);
  return (granted ->> 'transaction_id')::bigint;
end
$$;
comment on function private.grant_period is
  'Grants the credits of a paid period and ends the one it began in; returns the granting transaction, or null when it overlaps what was granted.';

create function private.sync_membership(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  -- The event of a renewal may arrive late.
  grace constant interval := interval '1 day';
  profile public.profiles;
  carried record;
begin
  select * into profile from public.profiles where id = p_user_id;
  select
    s.id,
    p.tier,
    t.level,
    case
      when s.status = 'past_due' then null
      when s.cancel_at_period_end then s.current_period_end
      else s.current_period_end + grace
    end as expires_at
  into carried
  from public.subscriptions s
  join public.credit_packages p on p.id = s.package_id
  join public.membership_tiers t on t.id = p.tier
  where s.user_id = p_user_id
  and s.status in ('active', 'past_due')
  order by t.level desc, s.current_period_end desc, s.provider_subscription_id
  limit 1;

  -- A membership given by an admin stays unless the subscription brings a higher one.
  if profile.membership_subscription_id is null
    and profile.membership_tier is not null
    and private.tier_level(private.effective_tier(p_user_id)) >= coalesce(carried.level, 0)
  then
    return;
  end if;
  if carried.id is null and profile.membership_subscription_id is null then
    return;
  end if;
  update public.profiles
  set
    membership_tier = carried.tier,
    membership_expires_at = carried.expires_at,
    membership_subscription_id = carried.id
  where id = p_user_id
  and (membership_tier, membership_expires_at, membership_subscription_id)
    is distinct from (carried.tier, carried.expires_at, carried.id);
end
$$;
comment on function private.sync_membership is
  'Gives a user the highest membership that a live subscription carries, until its period ends (a day longer while it renews), and takes it away when none is left. A failed renewal (on_hold) keeps none; past_due keeps it.';

-- Which charge paid for which period, and periods that wait for a charge of their own.

create table private.overlapping_periods (
  subscription_id uuid not null references public.subscriptions (id) on delete cascade,
  period_start timestamptz not null,
  period_end timestamptz not null,
  package_id text not null references public.credit_packages (id) on update cascade,
  quantity integer not null,
  event_id text not null references public.payment_events (id) on delete cascade,
  reviewed boolean not null default false,
  primary key (subscription_id, period_start, package_id)
);
comment on table private.overlapping_periods is
  'Periods reported as paid that overlap a granted one. They granted nothing; the event that reported one first is in review, until a charge turns up that paid for it.';
comment on column private.overlapping_periods.reviewed is 'Whether an admin has decided about it: from then on nothing grants it.';

create index overlapping_periods_package_idx on private.overlapping_periods (package_id);
create index overlapping_periods_event_idx on private.overlapping_periods (event_id);

alter table private.overlapping_periods enable row level security;

create function private.match_charges(p_subscription_id uuid)
returns table (period_start timestamptz, payment_id uuid)
language plpgsql
stable
set search_path = ''
as $$
declare
  matched_starts timestamptz[] := '{}';
  matched_ids uuid[] := '{}';
  pair record;
begin
  for pair in
    select p.period_start, c.id
    from public.subscription_periods p
    join public.payments c
      on c.subscription_id = p.subscription_id
      and c.status = 'succeeded'
      and c.charged_amount > 0
      and c.charged_at between p.period_start - interval '1 day' and p.period_start + interval '1 day'
    where p.subscription_id = p_subscription_id
    order by abs(extract(epoch from c.charged_at - p.period_start)), c.charged_at, c.provider_payment_id, p.period_start
  loop
    continue when pair.period_start = any(matched_starts) or pair.id = any(matched_ids);
    matched_starts := matched_starts || pair.period_start;
    matched_ids := matched_ids || pair.id;
    period_start := pair.period_start;
    payment_id := pair.id;
    return next;
  end loop;
end
$$;
comment on function private.match_charges is
  'The charge that paid for each period, nearest pairs first; each charge pays for one. Charges of free trials and of plan changes within a period are nearest to none.';

create function private.link_periods_to_charges(p_subscription_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  linked record;
begin
  for linked in
    update public.subscription_periods period
    set payment_id = matched.payment_id
    from (
      select p.period_start, m.payment_id
      from public.subscription_periods p
      left join private.match_charges(p_subscription_id) m on m.period_start = p.period_start
      where p.subscription_id = p_subscription_id
    ) matched
    where period.subscription_id = p_subscription_id
    and period.period_start = matched.period_start
    and period.payment_id is distinct from matched.payment_id
    returning period.payment_id, period.transaction_id, period.package_id
  loop
    if linked.payment_id is null then
      perform private.sync_clawback(linked.transaction_id, 0, 'Given back: another charge was refunded', null, null);
    else
      perform private.queue_receipt(c, linked.transaction_id, p.name)
      from public.payments c, public.credit_packages p
      where c.id = linked.payment_id
      and p.id = linked.package_id;
      perform private.sync_payment(linked.payment_id, 'Taken back with the payment');
    end if;
  end loop;
end
$$;
comment on function private.link_periods_to_charges is
  'Links each period of a subscription to the charge that paid for it, whichever of the two was reported first.';

create function private.end_overlap(p_subscription_id uuid, p_start timestamptz, p_package_id text)
returns void
language sql
set search_path = ''
as $$
  with ended as (
    delete from private.overlapping_periods
    where subscription_id = p_subscription_id
    and period_start = p_start
    and package_id = p_package_id
    returning event_id
  )
  update public.payment_events
  set status = 'processed', error = null, processed_at = clock_timestamp()
  from ended
  where id = ended.event_id
$$;
comment on function private.end_overlap is 'Ends the wait of an overlapping period that was granted, and the review of its event.';

create function private.grant_waiting_periods(p_subscription public.subscriptions)
returns void
language plpgsql
set search_path = ''
as $$
declare
  waiting private.overlapping_periods;
  package public.credit_packages;
begin
  for waiting in
    select *
    from private.overlapping_periods
    where subscription_id = p_subscription.id
    and not reviewed
    order by period_start, package_id
  loop
    select * into package from public.credit_packages where id = waiting.package_id;
    continue when private.grant_period(
      p_subscription, package, waiting.quantity, waiting.period_start, waiting.period_end
    ) is null;
    perform private.end_overlap(waiting.subscription_id, waiting.period_start, waiting.package_id);
    perform private.link_periods_to_charges(p_subscription.id);
    -- Beside this one another may fit.
    perform private.grant_waiting_periods(p_subscription);
    return;
  end loop;
end
$$;
comment on function private.grant_waiting_periods is
  'Grants the overlapping periods of a subscription that fit by now: their charge turned up, or the plan change that ended them early.';

create function private.record_period(
  p_subscription public.subscriptions,
  p_package public.credit_packages,
  p_quantity integer,
  p_start timestamptz,
  p_end timestamptz,
  p_event_id text
)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  known private.overlapping_periods;
  granted bigint;
begin
  if exists (
    select from public.subscription_periods
    where subscription_id = p_subscription.id
    and period_start = p_start
    and package_id = p_package.id
  ) then
    return '{}';
  end if;
  select * into known
  from private.overlapping_periods
  where subscription_id = p_subscription.id
  and period_start = p_start
  and package_id = p_package.id;
  if known.reviewed then
    return '{}';
  end if;
  granted := private.grant_period(p_subscription, p_package, p_quantity, p_start, p_end);
  if granted is not null then
    perform private.end_overlap(p_subscription.id, p_start, p_package.id);
    perform private.link_periods_to_charges(p_subscription.id);
    perform private.grant_waiting_periods(p_subscription);
    return jsonb_build_object('transaction_id', granted);
  end if;
  if known.event_id <> p_event_id then
    return '{}';
  end if;
  insert into private.overlapping_periods (subscription_id, period_start, period_end, package_id, quantity, event_id)
  values (p_subscription.id, p_start, p_end, p_package.id, p_quantity, p_event_id)
  on conflict do nothing;
  return jsonb_build_object(
    'review', format(
      'This period of %s, from %s to %s, overlaps one that was granted, and no charge of its own is known. It granted nothing. Compare the subscription with the dashboard of the payment provider; if the period was paid, add its credits with an adjustment.',
      p_package.name, p_start at time zone 'utc', p_end at time zone 'utc'
    )
  );
end
$$;
comment on function private.record_period is
  'Grants a paid period once. One that overlaps what was granted grants nothing and waits; review then says so, to the event that reported it first.';

create function private.close_review(p_event_id text)
returns void
language sql
set search_path = ''
as $$
  update private.overlapping_periods set reviewed = true where event_id = p_event_id;
  update public.payment_events
  set status = 'processed', processed_at = clock_timestamp()
  where id = p_event_id
  and status = 'review'
$$;
comment on function private.close_review is 'Closes the review of an event: an admin has decided about the period it reports, which stays ungranted.';

-- What an event about a payment changes.

create function private.find_payment(
  p_provider text,
  p_provider_payment_id text,
  p_checkout_session_id text,
  p_status text
)
returns public.payments
language plpgsql
set search_path = ''
as $$
declare
  first_attempt public.payments;
  payment public.payments;
begin
  select * into first_attempt
  from public.payments
  where provider = p_provider
  and checkout_session_id = p_checkout_session_id
  order by created_at, id
  limit 1;

  select * into payment
  from public.payments
  where provider = p_provider
  and provider_payment_id = p_provider_payment_id;

  if payment.id is not null or first_attempt.id is null then
    return payment;
  end if;
  -- A failed attempt says nothing about another one that is still processing.
  if first_attempt.status = 'processing' and p_status in ('failed', 'cancelled') then
    return null;
  end if;
  if first_attempt.status <> 'succeeded' then
    return first_attempt;
  end if;
  if p_status <> 'succeeded' then
    return null;
  end if;
  -- A second charge on a session that was already paid buys the same again.
  insert into public.payments (
    user_id, package_id, credit_type, credits, amount, currency, provider, provider_product_id, checkout_session_id
  )
  values (
    first_attempt.user_id, first_attempt.package_id, first_attempt.credit_type, first_attempt.credits,
    first_attempt.amount, first_attempt.currency, p_provider, first_attempt.provider_product_id,
    p_checkout_session_id
  )
  returning * into payment;
  return payment;
end
$$;
comment on function private.find_payment is
  'The row an event is about: that of its payment id, else that of its session; null when there is nothing it may change. Call it with the payer locked.';

create function private.open_subscription_payment(
  p_provider text,
  p_provider_subscription_id text,
  p_product_id text
)
returns public.payments
language sql
set search_path = ''
as $$
  insert into public.payments (
    user_id, package_id, subscription_id, credit_type, credits, amount, currency, provider, provider_product_id
  )
  select s.user_id, p.id, s.id, p.credit_type, p.credits, p.price, p.currency, p_provider, p_product_id
  from public.subscriptions s
  join public.credit_packages p on p.id = coalesce(
    private.plan_of_product(p_provider, p_product_id),
    s.package_id
  )
  where s.provider = p_provider
  and s.provider_subscription_id = p_provider_subscription_id
  returning *
$$;
comment on function private.open_subscription_payment is
  'The row of a charge without a checkout: a renewal or a plan change. It is for the plan that was charged, which may be newer than that of the subscription.';

create function private.is_product_mismatch(p_package public.credit_packages, p_event jsonb)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case
    when p_package.id is null then false
    when p_package.kind = 'subscription' then p_event ->> 'subscription_id' is null
    else p_event ->> 'subscription_id' is not null or not exists (
      select from public.payments
      where provider = p_event ->> 'provider'
      and (
        checkout_session_id = p_event ->> 'checkout_session_id'
        or provider_payment_id = p_event ->> 'payment_id'
      )
      and provider_product_id = p_event ->> 'product_id'
    )
  end
$$;
comment on function private.is_product_mismatch is
  'Whether a payment is not for what its checkout was opened for: another product, or a subscription for a purchase.';

create function private.apply_payment(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  audit_action constant text := 'payment.apply';
  from_provider constant text := p_event ->> 'provider';
  payment_id constant text := p_event ->> 'payment_id';
  session_id constant text := p_event ->> 'checkout_session_id';
  provider_subscription_id constant text := p_event ->> 'subscription_id';
  new_status constant text := p_event ->> 'status';
  payer uuid := private.find_payer(from_provider, payment_id, session_id, provider_subscription_id, p_event ->> 'customer_id');
  payment public.payments;
  package public.credit_packages;
  subscription uuid;
  granted jsonb;
begin
  if private.payment_rank(new_status) is null or new_status = 'pending' then
    return private.refuse(audit_action, null, 'unknown_status', format('A payment cannot become "%s".', new_status));
  end if;
  if payer is null then
    return private.refuse(audit_action, null, 'unknown_payment', 'No checkout of ours has this session or payment id.');
  end if;
  perform private.lock_payer(payer);

  -- 1. Find what it is for.
  select p.* into package
  from public.payments o
  join public.credit_packages p on p.id = o.package_id
  where o.provider = from_provider
  and (o.checkout_session_id = session_id or o.provider_payment_id = payment_id)
  limit 1;
  select s.id into subscription
  from public.subscriptions s
  where s.provider = from_provider
  and s.provider_subscription_id = p_event ->> 'subscription_id';
  if package.id is null and subscription is null then
    return case
      when provider_subscription_id is null
        then private.refuse(audit_action, payer, 'unknown_payment', 'No checkout of ours has this session or payment id.')
      else private.refuse(
        audit_action, payer, 'unknown_subscription', 'This charges a subscription that no event has reported yet.'
      )
    end;
  end if;
  if new_status = 'succeeded' and private.is_product_mismatch(package, p_event) then
    return private.refuse(
      audit_action, payer, 'product_mismatch',
      format(
        'The payment is for %s, which is not what the checkout was for.',
        coalesce(provider_subscription_id, p_event ->> 'product_id', 'no one product')
      )
    );
  end if;
  if provider_subscription_id is not null and subscription is null then
    -- The first charge may be reported before its subscription. Its session names user and package.
    subscription := private.open_subscription(payer, from_provider, provider_subscription_id, package.id);
  end if;

  -- 2. Find its row, and stop if the event is not newer.
  payment := private.find_payment(from_provider, payment_id, session_id, new_status);
  if payment.id is null and not exists (
    select from public.payments p where p.provider = from_provider and p.checkout_session_id = session_id
  ) then
    payment := private.open_subscription_payment(from_provider, provider_subscription_id, p_event ->> 'product_id');
  end if;
  if payment.id is null or (
    payment.provider_payment_id is not distinct from payment_id
    and private.payment_rank(new_status) <= private.payment_rank(payment.status)
  ) then
    return jsonb_build_object('ok', true, 'replayed', true, 'status', payment.status);
  end if;

  -- 3. Apply it.
  if new_status = 'succeeded' and subscription is null then
    granted := public.add_credits(
      payment.user_id, payment.credits * greatest((p_event ->> 'quantity')::integer, 1), payment.credit_type, 'purchase',
      p_action => 'purchase',
      p_description => package.name || ' package',
      p_reference_id => payment_id,
      p_reference_type => 'payment',
      p_idempotency_key => format('payment:%s:%s', from_provider, payment_id),
      p_metadata => jsonb_build_object('provider', from_provider)
    );
    perform private.require_granted(granted);
  end if;
  update public.payments
  set
    status = new_status,
    provider_payment_id = payment_id,
    subscription_id = coalesce(subscription, subscription_id),
    charged_amount = coalesce((p_event ->> 'amount')::bigint, charged_amount),
    charged_currency = coalesce(p_event ->> 'currency', charged_currency),
    charged_tax = coalesce((p_event ->> 'tax')::bigint, charged_tax),
    charged_at = coalesce((p_event ->> 'charged_at')::timestamptz, charged_at, clock_timestamp()),
    failure_reason = case
      when new_status in ('failed', 'cancelled') then left(p_event ->> 'failure_reason', 500)
    end,
    transaction_id = (granted ->> 'transaction_id')::bigint,
    paid_at = case when new_status = 'succeeded' then clock_timestamp() end
  where id = payment.id
  returning * into payment;

  if new_status = 'succeeded' then
    if subscription is null then
      perform private.queue_receipt(payment, payment.transaction_id, package.name);
    else
      -- A charge of a surplus plan that was reported after all its others had been refunded.
      update public.subscriptions set surplus = 'open' where id = subscription and surplus = 'closed';
      perform private.keep_card(subscription, p_event -> 'card', payment.charged_at);
      perform private.link_periods_to_charges(subscription);
      perform private.grant_waiting_periods(s) from public.subscriptions s where s.id = subscription;
    end if;
    perform private.sync_payment(payment.id, 'Taken back with the payment');
  end if;
  return jsonb_build_object('ok', true, 'replayed', false, 'status', new_status, 'payment_id', payment.id)
    || coalesce(granted - 'ok' - 'replayed', '{}');
end
$$;
comment on function private.apply_payment is
  'Applies an event about a payment: moves its status forward and, for a purchase, grants its credits once. Raises (and so changes nothing) when the wallet cannot take them.';

-- The mails about a plan. Called under the lock of the payer with the row as it was and as it is, so each change is told
-- of once, however often and in whatever order the provider reports it.

create function private.queue_plan_mail(
  p_plan public.subscriptions,
  p_kind text,
  p_key text,
  p_data jsonb default '{}'
)
returns void
language sql
set search_path = ''
as $$
  select private.queue_mail(
    p_plan.user_id,
    p_kind,
    format('%s:%s:%s:%s', p_kind, p_plan.provider, p_plan.provider_subscription_id, p_key),
    jsonb_build_object('package_name', p.name) || p_data
  )
  from public.credit_packages p
  where p.id = p_plan.package_id
$$;
comment on function private.queue_plan_mail is 'Queues one mail about a plan, with the name it has now.';

create function private.queue_plan_mails(p_former public.subscriptions, p_plan public.subscriptions)
returns void
language plpgsql
set search_path = ''
as $$
declare
  period_end constant jsonb := jsonb_build_object('period_end', p_plan.current_period_end);
  was_live constant boolean := private.subscription_rank(p_former.status) = 1;
  is_live constant boolean := private.subscription_rank(p_plan.status) = 1;
  told_at constant bigint := extract(epoch from p_plan.details_at);
begin
  if p_plan.status in ('on_hold', 'past_due') and p_plan.status <> p_former.status then
    perform private.queue_plan_mail(
      p_plan, 'renewal_failed', extract(epoch from p_plan.current_period_end)::bigint::text
    );
  end if;
  -- A second plan beside a live one is ended and refunded at once. The mail of its refund says so.
  if exists (select from public.subscriptions where id = p_plan.id and surplus is not null) then
    return;
  end if;
  if p_former.status = 'pending' and p_plan.status = 'active' then
    perform private.queue_plan_mail(
      p_plan, 'plan_started', 'once',
      period_end || jsonb_build_object('trial', p_plan.trial, 'renews', not p_plan.cancel_at_period_end)
    );
    return;
  end if;
  if was_live and is_live and p_plan.package_id <> p_former.package_id then
    perform private.queue_plan_mail(
      p_plan, 'plan_changed', format('now:%s:%s', p_plan.package_id, told_at),
      jsonb_build_object('from_name', p.name)
    )
    from public.credit_packages p
    where p.id = p_former.package_id;
  elsif was_live and is_live and p_plan.scheduled_package_id is distinct from p_former.scheduled_package_id then
    perform private.queue_plan_mail(
      p_plan, 'plan_changed', format('later:%s:%s', p_plan.scheduled_package_id, told_at),
      period_end || jsonb_build_object('scheduled_name', p.name)
    )
    from public.credit_packages p
    where p.id = p_plan.scheduled_package_id;
  end if;
  if was_live and is_live and p_plan.cancel_at_period_end and not p_former.cancel_at_period_end then
    perform private.queue_plan_mail(p_plan, 'plan_cancelled', told_at::text, period_end);
  elsif was_live and not is_live and not p_former.cancel_at_period_end then
    -- At once, as by the provider after renewals that failed.
    perform private.queue_plan_mail(p_plan, 'plan_cancelled', 'ended', '{"period_end": null}');
  end if;
end
$$;
comment on function private.queue_plan_mails is
  'Emails the owner of a plan that it began, changed or will change, was cancelled or ended, or could not be renewed.';

-- What an event about a subscription changes.

create function private.apply_subscription(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  audit_action constant text := 'subscription.apply';
  from_provider constant text := p_event ->> 'provider';
  provider_id constant text := p_event ->> 'subscription_id';
  new_status constant text := p_event ->> 'status';
  happened_at constant timestamptz := (p_event ->> 'occurred_at')::timestamptz;
  -- The same timestamp, whether given to the second or to the microsecond.
  period_start constant timestamptz := date_trunc('second', (p_event ->> 'period_start')::timestamptz);
  period_end constant timestamptz := date_trunc('second', (p_event ->> 'period_end')::timestamptz);
  payer uuid := private.find_payer(from_provider, null, null, provider_id, p_event ->> 'customer_id');
  package public.credit_packages;
  former public.subscriptions;
  subscription public.subscriptions;
  period jsonb := '{}';
begin
  if private.subscription_rank(new_status) is null then
    return private.refuse(audit_action, payer, 'unknown_status', format('A subscription cannot become "%s".', new_status));
  end if;
  if payer is null then
    return private.refuse(audit_action, null, 'unknown_subscription', 'No customer of ours has this subscription.');
  end if;
  select * into package
  from public.credit_packages
  where id = private.plan_of_product(from_provider, p_event ->> 'product_id');
  if not found then
    return private.refuse(
      audit_action, payer, 'unknown_product', format('No plan of ours is the product %s.', p_event ->> 'product_id')
    );
  end if;
  perform private.lock_payer(payer);
  perform private.open_subscription(payer, from_provider, provider_id, package.id);
  select * into former
  from public.subscriptions
  where provider = from_provider
  and provider_subscription_id = provider_id;
  subscription := former;

  -- 1. Keep what is newer than what was known.
  if (private.subscription_rank(new_status), happened_at, new_status)
    > (private.subscription_rank(former.status), former.status_at, former.status)
  then
    subscription.status := new_status;
    subscription.status_at := happened_at;
  end if;
  if (happened_at, period_start) >= (former.details_at, coalesce(former.current_period_start, '-infinity')) then
    subscription.package_id := package.id;
    subscription.current_period_start := period_start;
    subscription.current_period_end := period_end;
    subscription.cancel_at_period_end := (p_event ->> 'cancel_at_period_end')::boolean;
    subscription.trial := (p_event ->> 'trial')::boolean;
    subscription.scheduled_package_id := private.plan_of_product(from_provider, p_event ->> 'scheduled_product_id');
    subscription.details_at := happened_at;
  end if;
  if subscription is distinct from former then
    update public.subscriptions
    set
      status = subscription.status,
      status_at = subscription.status_at,
      package_id = subscription.package_id,
      current_period_start = subscription.current_period_start,
      current_period_end = subscription.current_period_end,
      cancel_at_period_end = subscription.cancel_at_period_end,
      trial = subscription.trial,
      scheduled_package_id = subscription.scheduled_package_id,
      details_at = subscription.details_at
    where id = former.id;
    if not private.is_live(former) then
      perform private.mark_surplus(subscription, former.status = 'pending');
    end if;
  end if;

  perform private.keep_card(former.id, p_event -> 'card', happened_at);

  -- 2. Grant the period if this says that it was paid.
  if (p_event ->> 'paid')::boolean then
    period := private.record_period(
      subscription, package, (p_event ->> 'quantity')::integer, period_start, period_end, p_event ->> 'event_id'
    );
  end if;

  -- 3. Update the membership and email the user.
  perform private.sync_membership(payer);
  perform private.queue_plan_mails(former, subscription);
  return jsonb_build_object(
    'ok', true,
    'replayed', subscription is not distinct from former and period = '{}',
    'status', subscription.status,
    'transaction_id', null
  ) || period;
end
$$;
comment on function private.apply_subscription is
  'Applies an event about a subscription: keeps the newest state, grants a paid period once, and brings the membership in line. Events may come in any order.';

create function private.apply_card(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  subscription uuid;
begin
  select s.id into subscription
  from public.subscriptions s
  where s.provider = p_event ->> 'provider'
  and s.provider_subscription_id = p_event ->> 'subscription_id';
  if subscription is null then
    return private.refuse(
      'subscription.apply', null, 'unknown_subscription', 'No subscription of ours is paid with this card.'
    );
  end if;
  return jsonb_build_object(
    'ok', true,
    'replayed', not private.keep_card(subscription, p_event -> 'card', (p_event ->> 'occurred_at')::timestamptz)
  );
end
$$;
comment on function private.apply_card is 'Applies an event that says which card pays a subscription from now on.';

-- What an event about a refund or a dispute changes.

create function private.find_payment_refund(p_payment_id uuid, p_event jsonb)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (
      select id
      from public.payment_refunds
      where provider = p_event ->> 'provider'
      and provider_refund_id = p_event ->> 'refund_id'
    ),
    (
      select id
      from public.payment_refunds
      where payment_id = p_payment_id
      and provider_refund_id is null
      and status in ('requested', 'failed')
      and (
        id::text = p_event ->> 'request_id'
        -- Metadata may be missing: then it is the oldest open request for the same amount.
        or (
          p_event ->> 'request_id' is null
          and status = 'requested'
          and amount = (p_event ->> 'amount')::bigint
        )
      )
      order by created_at, id
      limit 1
    )
  )
$$;
comment on function private.find_payment_refund is 'Our row of a payment refund that the provider reports; null when it was not requested here.';

create function private.apply_payment_refund(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  audit_action constant text := 'payment_refund.apply';
  new_status constant text := p_event ->> 'status';
  payment public.payments := private.lock_charged_payment(p_event ->> 'provider', p_event ->> 'payment_id');
  refund public.payment_refunds;
  taken bigint;
begin
  if private.payment_refund_rank(new_status) is null or new_status = 'requested' then
    return private.refuse(audit_action, payment.user_id, 'unknown_status', format('A refund cannot become "%s".', new_status));
  end if;
  if payment.id is null then
    return private.refuse(audit_action, null, 'unknown_payment', 'This refunds a payment whose success no event has reported yet.');
  end if;

  select * into refund from public.payment_refunds where id = private.find_payment_refund(payment.id, p_event);
  if not found then
    insert into public.payment_refunds (payment_id, provider, reason)
    values (payment.id, payment.provider, left(p_event ->> 'reason', 500))
    returning * into refund;
  end if;
  if private.payment_refund_rank(new_status) <= private.payment_refund_rank(refund.status) then
    return jsonb_build_object('ok', true, 'replayed', true, 'status', refund.status);
  end if;
  update public.payment_refunds
  set
    provider_refund_id = p_event ->> 'refund_id',
    status = new_status,
    amount = coalesce((p_event ->> 'amount')::bigint, amount),
    currency = coalesce(p_event ->> 'currency', currency),
    whole = (p_event ->> 'whole')::boolean,
    error = case when new_status = 'failed' then error end
  where id = refund.id;

  if new_status = 'succeeded' then
    taken := private.sync_payment(payment.id, 'Taken back: the payment was refunded');
    perform private.queue_mail(
      payment.user_id,
      'refund',
      format('refund:%s:%s', payment.provider, p_event ->> 'refund_id'),
      jsonb_build_object(
        'credit_type', payment.credit_type,
        'credits_taken', greatest(taken, 0),
        'debt', c.debt,
        'balance', c.balance,
        'amount', (p_event ->> 'amount')::bigint,
        'currency', coalesce(p_event ->> 'currency', payment.charged_currency),
        'package_name', p.name,
        -- Stripe gives the amount alone.
        'full', (p_event ->> 'whole')::boolean or (p_event ->> 'amount')::bigint >= payment.charged_amount
      )
    )
    from public.credits c, public.credit_packages p
    where c.user_id = payment.user_id
    and c.credit_type = payment.credit_type
    and p.id = payment.package_id;
  end if;
  return jsonb_build_object('ok', true, 'replayed', false, 'status', new_status, 'credits_taken', taken);
end
$$;
comment on function private.apply_payment_refund is
  'Applies an event about a payment refund. Once it has succeeded, the credits that the money bought are taken back.';

create function private.apply_dispute(p_event jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  audit_action constant text := 'dispute.apply';
  new_status constant text := p_event ->> 'status';
  happened_at constant timestamptz := (p_event ->> 'occurred_at')::timestamptz;
  payment public.payments := private.lock_charged_payment(p_event ->> 'provider', p_event ->> 'payment_id');
  dispute public.payment_disputes;
  ended constant boolean := new_status in ('won', 'cancelled');
  taken bigint;
begin
  if private.dispute_rank(new_status) is null then
    return private.refuse(audit_action, payment.user_id, 'unknown_status', format('A dispute cannot become "%s".', new_status));
  end if;
  if payment.id is null then
    return private.refuse(audit_action, null, 'unknown_payment', 'This disputes a payment whose success no event has reported yet.');
  end if;

  select * into dispute
  from public.payment_disputes
  where provider = payment.provider
  and provider_dispute_id = p_event ->> 'dispute_id';
  if dispute.id is not null
    and (private.dispute_rank(new_status), happened_at, new_status)
      <= (private.dispute_rank(dispute.status), dispute.status_at, dispute.status)
  then
    return jsonb_build_object('ok', true, 'replayed', true, 'status', dispute.status);
  end if;
  insert into public.payment_disputes as kept (
    payment_id, provider, provider_dispute_id, status, status_at, amount, currency, respond_by
  )
  values (
    payment.id, payment.provider, p_event ->> 'dispute_id', new_status, happened_at,
    (p_event ->> 'amount')::bigint, p_event ->> 'currency', (p_event ->> 'respond_by')::timestamptz
  )
  on conflict (provider, provider_dispute_id) do update
  set
    status = excluded.status,
    status_at = excluded.status_at,
    respond_by = coalesce(excluded.respond_by, kept.respond_by);
  taken := private.sync_payment(
    payment.id,
    case when ended then 'Given back: the dispute ended' else 'Taken back: the payment is disputed' end
  );
  -- One that was known only once it had ended took nothing.
  if dispute.id is not null or not ended then
    perform private.queue_mail(
      payment.user_id,
      'dispute',
      format('dispute:%s:%s:%s', payment.provider, p_event ->> 'dispute_id', case when ended then 'ended' else 'opened' end),
      jsonb_build_object(
        'package_name', p.name,
        'ended', ended,
        'amount', (p_event ->> 'amount')::bigint,
        'currency', p_event ->> 'currency',
        'credit_type', payment.credit_type,
        'credits', abs(taken),
        'debt', c.debt,
        'balance', c.balance
      )
    )
    from public.credits c, public.credit_packages p
    where c.user_id = payment.user_id
    and c.credit_type = payment.credit_type
    and p.id = payment.package_id;
  end if;
  return jsonb_build_object('ok', true, 'replayed', false, 'status', new_status, 'credits_taken', taken);
end
$$;
comment on function private.apply_dispute is
  'Applies an event about a dispute: the credits are taken back when it is opened, returned when it is won or cancelled.';

-- The single entry point for events.

create function public.apply_payment_event(p_event_id text, p_event jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  stored public.payment_events;
  event jsonb;
  result jsonb;
begin
  select * into stored from public.payment_events where id = p_event_id for update;
  if not found then
    return private.refuse('event.apply', null, 'unknown_event', 'This event was not stored.');
  end if;
  if stored.status = 'processed' then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  -- Ids are a provider's own, so every look-up asks for both.
  event := p_event || jsonb_build_object('provider', stored.provider, 'event_id', p_event_id);
  result := case event ->> 'kind'
    when 'payment' then private.apply_payment(event)
    when 'subscription' then private.apply_subscription(event)
    when 'card' then private.apply_card(event)
    when 'refund' then private.apply_payment_refund(event)
    when 'dispute' then private.apply_dispute(event)
    else private.refuse('event.apply', null, 'unknown_kind', 'There is no such kind of event.')
  end;
  if (result ->> 'ok')::boolean then
    update public.payment_events
    set
      status = case when result ? 'review' then 'review' else 'processed' end,
      error = result ->> 'review',
      processed_at = clock_timestamp()
    where id = p_event_id;
  end if;
  return result;
end
$$;
comment on function public.apply_payment_event is
  'Applies a stored event, translated by the provider''s adapter (lib/payments/events/payment-event.ts), in one transaction: claims the event, claims the payment, period, refund or dispute it is about, and moves credits. An applied event is never applied again; one that fails has changed nothing and can be sent again.';

create function public.record_event_replay(p_id text, p_actor_id uuid, p_outcome text, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_unless_admin('event.replay', null, p_actor_id, jsonb_build_object('event_id', p_id));
  recorded boolean;
begin
  if refused is not null then
    return refused;
  end if;
  insert into public.audit_logs (actor_id, action, outcome, reason, details)
  select
    p_actor_id,
    'event.replay',
    case when p_error is null then 'success' else 'failure' end,
    left(p_error, 500),
    jsonb_build_object('event_id', id, 'type', type, 'outcome', p_outcome)
  from public.payment_events
  where id = p_id;
  recorded := found;
  if p_outcome = 'reviewed' then
    perform private.close_review(p_id);
  end if;
  return jsonb_build_object('ok', true, 'recorded', recorded);
end
$$;
comment on function public.record_event_replay is
  'Records in the audit log that an admin replayed an event, and the outcome; reviewed closes its review.';

grant execute on function public.apply_payment_event, public.record_event_replay to service_role;

-- A plan change may charge in full, and the provider treats two requests as two changes. So only one is requested at a
-- time, and while its outcome is unknown no other may begin.

create function public.current_subscription(p_user_id uuid, p_caller jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_caller('subscription.find', p_user_id, p_caller);
begin
  return coalesce(refused, jsonb_build_object(
    'ok', true,
    'subscription', (
      select to_jsonb(s)
      from public.subscriptions s
      where s.id = private.live_subscription(p_user_id)
    )
  ));
end
$$;
comment on function public.current_subscription is
  'The subscription a user has now; null for none. Asked before every change to it, so the session is checked here.';

create function public.begin_plan_change(
  p_user_id uuid,
  p_subscription_id uuid,
  p_from_package_id text,
  p_timeout interval default '2 minutes'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.lock_payer(p_user_id);
  update public.subscriptions
  set plan_change_at = clock_timestamp()
  where id = p_subscription_id
  and user_id = p_user_id
  and package_id = p_from_package_id
  and status = 'active'
  and not cancel_at_period_end
  and (plan_change_at is null or plan_change_at < clock_timestamp() - p_timeout);
  return jsonb_build_object('ok', true, 'begun', found);
end
$$;
comment on function public.begin_plan_change is
  'Claims a plan change: begun is true if the plan is still as the caller read it and no other change is in flight. One with an unknown outcome stays in flight for p_timeout.';

create function public.end_plan_change(p_subscription_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.subscriptions set plan_change_at = null where id = p_subscription_id and plan_change_at is not null;
  return jsonb_build_object('ok', true);
end
$$;
comment on function public.end_plan_change is 'Ends a plan change whose outcome is known. Not called while it is unknown.';

grant execute on function public.current_subscription, public.begin_plan_change, public.end_plan_change to service_role;

-- Payment refunds that an admin requests.

create function private.refundable_amount(p_payment public.payments)
returns bigint
language sql
stable
set search_path = ''
as $$
  select p_payment.charged_amount - coalesce(sum(coalesce(amount, p_payment.charged_amount)), 0)::bigint
  from public.payment_refunds
  where payment_id = p_payment.id
  and status <> 'failed'
$$;
comment on function private.refundable_amount is
  'What is left to refund of a payment, in minor units. Pending refunds count as refunded.';

create function private.refund_rejection(p_payment public.payments, p_amount bigint)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select case
    when p_payment.status <> 'succeeded' or coalesce(p_payment.charged_amount, 0) = 0 then jsonb_build_object(
      'code', 'not_refundable',
      'message', 'Only a payment that was charged can be refunded.'
    )
    when refundable <= 0 then jsonb_build_object(
      'code', 'not_refundable',
      'message', 'This payment has already been refunded, or is being refunded.'
    )
    when p_amount not between 1 and refundable then jsonb_build_object(
      'code', 'invalid_amount',
      'message', 'This is more than is left of the payment.',
      'refundable', refundable,
      'currency', p_payment.charged_currency
    )
  end
  from private.refundable_amount(p_payment) refundable
$$;
comment on function private.refund_rejection is
  'Why a payment, or p_amount of it, cannot be refunded: code, message and details; null if it can.';

create function public.request_payment_refund(
  p_payment_id uuid,
  p_reason text,
  p_actor_id uuid,
  p_idempotency_key text,
  p_amount bigint default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'payment.refund';
  payment public.payments;
  refund public.payment_refunds;
  refused jsonb;
  refundable bigint;
begin
  select * into payment from public.payments where id = p_payment_id;
  refused := coalesce(
    private.refuse_unless_admin(audit_action, payment.user_id, p_actor_id),
    private.refuse_without_reason(audit_action, payment.user_id, p_reason, p_actor_id)
  );
  if refused is not null then
    return refused;
  end if;
  if payment.id is null then
    return private.refuse(audit_action, null, 'payment_not_found', 'There is no such payment.', '{}', p_actor_id);
  end if;
  perform private.lock_payer(payment.user_id);
  select * into payment from public.payments where id = p_payment_id;

  select * into refund from public.payment_refunds where idempotency_key = p_idempotency_key;
  if found then
    if refund.payment_id <> p_payment_id or refund.amount <> p_amount then
      return private.refuse(
        audit_action, payment.user_id, 'idempotency_conflict',
        'A refund of another amount, or of another payment, has already been requested with this key. Nothing more was refunded.',
        '{}', p_actor_id
      );
    end if;
    return jsonb_build_object(
      'ok', true, 'replayed', true, 'refund_id', refund.id, 'status', refund.status, 'error', refund.error
    );
  end if;
  refused := private.refund_rejection(payment, p_amount);
  if refused is not null then
    return private.refuse(
      audit_action, payment.user_id, refused ->> 'code', refused ->> 'message', refused - 'code' - 'message', p_actor_id
    );
  end if;
  refundable := private.refundable_amount(payment);
  insert into public.payment_refunds (payment_id, provider, amount, currency, reason, requested_by, idempotency_key)
  values (
    payment.id, payment.provider, coalesce(p_amount, refundable), payment.charged_currency, btrim(p_reason), p_actor_id, p_idempotency_key
  )
  returning * into refund;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (
    p_actor_id, payment.user_id, audit_action, 'success', btrim(p_reason),
    jsonb_build_object(
      'payment_id', payment.id, 'refund_id', refund.id, 'amount', refund.amount, 'currency', refund.currency
    )
  );
  return jsonb_build_object(
    'ok', true,
    'replayed', false,
    'refund_id', refund.id,
    'status', refund.status,
    'provider', payment.provider,
    'provider_payment_id', payment.provider_payment_id,
    'provider_product_id', payment.provider_product_id,
    'amount', refund.amount,
    -- All that is left is requested without an amount, since the provider knows it exactly.
    'whole', refund.amount = refundable
  );
end
$$;
comment on function public.request_payment_refund is
  'Records an admin''s request to refund a payment, in whole or p_amount (minor units), before the provider is asked. The same key requests once. Credits are taken back when the provider reports success.';

create function public.fail_payment_refund(p_refund_id uuid, p_error text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.payment_refunds
  set status = 'failed', error = left(p_error, 500)
  where id = p_refund_id
  and status = 'requested'
  and provider_refund_id is null;
  return jsonb_build_object('ok', true, 'changed', found);
end
$$;
comment on function public.fail_payment_refund is
  'Records that the provider refused a refund. Not called when it did not respond: reconciliation finds the outcome.';

create function public.preview_payment_refund(p_payment_id uuid, p_amount bigint default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  payment public.payments;
  refused jsonb;
  wanted bigint;
  due bigint;
  available bigint;
begin
  select * into payment from public.payments where id = p_payment_id;
  if not found then
    return jsonb_build_object('ok', false, 'code', 'payment_not_found', 'message', 'There is no such payment.');
  end if;
  refused := private.refund_rejection(payment, p_amount);
  if refused is not null then
    return refused || jsonb_build_object('ok', false);
  end if;
  wanted := coalesce(p_amount, private.refundable_amount(payment));
  select coalesce(sum(greatest(
    least(
      private.clawback_target(payment, t.amount, wanted + pending.amount),
      t.amount - private.expired_credits(own_grant)
    ) - private.clawed_back(t.id),
    0
  )), 0)
  into due
  from public.credit_transactions t
  left join public.credit_grants own_grant on own_grant.transaction_id = t.id,
  (
    select coalesce(sum(r.amount), 0)::bigint as amount
    from public.payment_refunds r
    where r.payment_id = payment.id
    and r.status in ('requested', 'pending', 'review')
  ) pending
  where t.id = any(private.granting_transactions(payment));
  select c.balance - coalesce(sum(g.remaining), 0) into available
  from public.credits c
  left join public.credit_grants g
    on g.user_id = c.user_id
    and g.credit_type = c.credit_type
    and g.remaining > 0
    and g.expires_at <= clock_timestamp()
  where c.user_id = payment.user_id
  and c.credit_type = payment.credit_type
  group by c.user_id, c.credit_type;
  return jsonb_build_object(
    'ok', true,
    'amount', wanted,
    'refundable', private.refundable_amount(payment),
    'currency', payment.charged_currency,
    'credits_taken', due,
    'debt', due - least(due, coalesce(available, 0))
  );
end
$$;
comment on function public.preview_payment_refund is
  'The credits that refunding a payment, in whole or p_amount of it, would take back now, counting pending refunds, and how much of that would become debt.';

grant execute on function public.request_payment_refund, public.fail_payment_refund, public.preview_payment_refund to service_role;

-- Two checkouts may be paid before either is known, so a second plan can begin beside a live one. It is ended at once
-- and its charges are refunded. These functions say what is to do; the server asks the provider, and repeats it until
-- nothing is left.

create function private.is_surplus_done(p_subscription public.subscriptions)
returns boolean
language sql
stable
set search_path = ''
as $$
  select private.subscription_rank(p_subscription.status) = 2
  and not exists (
    select from public.payments
    where subscription_id = p_subscription.id
    and status = 'succeeded'
    and charged_amount > refunded_amount
  )
$$;
comment on function private.is_surplus_done is 'Whether a surplus plan has ended and all its charges are refunded.';

create function public.list_surplus_subscriptions(p_limit integer default 20)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  open_ones jsonb;
begin
  update public.subscriptions s set surplus = 'closed' where s.surplus = 'open' and private.is_surplus_done(s);
  select coalesce(jsonb_agg(jsonb_build_object(
    'subscription_id', listed.id,
    'provider', listed.provider,
    'provider_subscription_id', listed.provider_subscription_id,
    'ended', private.subscription_rank(listed.status) = 2,
    'kept', (
      select jsonb_build_object('provider', kept.provider, 'id', kept.provider_subscription_id)
      from public.subscriptions kept
      where kept.id = private.live_subscription(listed.user_id)
    )
  )), '[]')
  into open_ones
  from (select * from public.subscriptions where surplus = 'open' order by created_at limit p_limit) listed;
  return jsonb_build_object('ok', true, 'subscriptions', open_ones);
end
$$;
comment on function public.list_surplus_subscriptions is
  'Surplus plans that are not ended or not refunded yet, each with the provider and its id of the plan that is kept. Closes those that are done.';

create function public.confirm_surplus(p_subscription_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  surplus public.subscriptions;
begin
  select * into surplus from public.subscriptions where id = p_subscription_id;
  perform private.lock_payer(surplus.user_id);
  update public.subscriptions s
  set surplus = null
  where s.id = p_subscription_id
  and s.surplus = 'open'
  and private.is_live(s)
  and not private.is_closed(s.user_id)
  and private.live_subscription(s.user_id) is null;
  return jsonb_build_object('ok', true, 'confirmed', not found);
end
$$;
comment on function public.confirm_surplus is
  'Whether a plan is surplus still. If the one it began beside has ended meanwhile it is the only one, and stays.';

create function public.request_surplus_refunds(p_subscription_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  max_attempts constant integer := 3;
  reason text := 'A second plan began while another one was live';
  surplus public.subscriptions;
  payment public.payments;
  attempts integer;
  refund public.payment_refunds;
  requested jsonb := '[]';
begin
  select * into surplus from public.subscriptions where id = p_subscription_id;
  perform private.lock_payer(surplus.user_id);
  if private.is_closed(surplus.user_id) then
    reason := 'The plan began after the account was closed';
  end if;
  for payment in
    select p.*
    from public.payments p
    join public.subscriptions s on s.id = p.subscription_id
    where s.id = p_subscription_id
    and s.surplus = 'open'
    and private.refund_rejection(p, private.refundable_amount(p)) is null
    -- One that the provider refused is tried again, in an hour.
    and not exists (
      select from public.payment_refunds r
      where r.payment_id = p.id
      and r.status = 'failed'
      and r.updated_at > clock_timestamp() - interval '1 hour'
    )
  loop
    select count(*) into attempts
    from public.payment_refunds r
    where r.payment_id = payment.id
    and r.idempotency_key like 'surplus:%';
    continue when attempts >= max_attempts;
    insert into public.payment_refunds (payment_id, provider, amount, currency, reason, idempotency_key)
    values (
      payment.id, payment.provider, private.refundable_amount(payment), payment.charged_currency, reason,
      format('surplus:%s:%s', payment.id, attempts + 1)
    )
    returning * into refund;
    insert into public.audit_logs (target_user_id, action, outcome, reason, details)
    values (
      payment.user_id, 'payment.refund', 'success', reason,
      jsonb_build_object(
        'payment_id', payment.id, 'refund_id', refund.id, 'amount', refund.amount, 'currency', refund.currency
      )
    );
    requested := requested || jsonb_build_object(
      'refund_id', refund.id,
      'provider', payment.provider,
      'provider_payment_id', payment.provider_payment_id,
      'reason', reason
    );
  end loop;
  return jsonb_build_object('ok', true, 'refunds', requested);
end
$$;
comment on function public.request_surplus_refunds is
  'Requests a refund of all that is left of each charge of a surplus plan, before the provider is asked, and returns those requests: each charge once, and up to three times if the provider refused.';

grant execute on function
  public.list_surplus_subscriptions,
  public.confirm_surplus,
  public.request_surplus_refunds
to service_role;

-- What comparing the provider's records with ours found.

create table public.reconciliations (
  id bigint generated always as identity primary key,
  since timestamptz not null,
  until timestamptz not null,
  actor_id uuid,
  checked jsonb not null,
  differences jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.reconciliations is
  'What comparing the provider''s records with ours found, and what was done about it. checked counts what was compared.';

create function public.record_reconciliation(
  p_since timestamptz,
  p_until timestamptz,
  p_checked jsonb,
  p_differences jsonb,
  p_actor_id uuid default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  reconciliation_id bigint;
  refused jsonb;
begin
  if p_actor_id is not null then
    refused := private.refuse_unless_admin('reconciliation.record', null, p_actor_id);
    if refused is not null then
      return refused;
    end if;
  end if;
  insert into public.reconciliations (since, until, actor_id, checked, differences)
  values (p_since, p_until, p_actor_id, p_checked, p_differences)
  returning id into reconciliation_id;
  return jsonb_build_object('ok', true, 'reconciliation_id', reconciliation_id);
end
$$;
comment on function public.record_reconciliation is 'Stores the report of a reconciliation.';

alter table public.reconciliations enable row level security;

create policy "admins read the reconciliations"
on public.reconciliations for select to authenticated
using ((select private.is_admin()));

grant select on public.reconciliations to authenticated, service_role;
grant execute on function public.record_reconciliation to service_role;

-- Checks of what subscriptions promise.

create function private.verify_subscriptions(p_user_id uuid)
returns table (invariant text, user_id uuid, credit_type text, transaction_id bigint, detail text)
language sql
stable
set search_path = ''
as $$
  with periods as (
    select t.user_id, t.credit_type, s.provider_subscription_id, p.*
    from public.subscription_periods p
    join public.subscriptions s on s.id = p.subscription_id
    join public.credit_transactions t on t.id = p.transaction_id
    where p_user_id is null or s.user_id = p_user_id
  )
  select 'periods_do_not_overlap', l.user_id, l.credit_type, l.transaction_id,
    format('a period of %s begins at %s, before the one from %s ends', l.provider_subscription_id, l.period_start, e.period_start)
  from periods e
  join periods l
    on l.subscription_id = e.subscription_id
    and l.period_start > e.period_start
    and l.period_start < e.period_end
  union all
  select 'charge_pays_once', p.user_id, p.credit_type, max(p.transaction_id),
    format('%s periods paid by payment %s', count(*), p.payment_id)
  from periods p
  where p.payment_id is not null
  group by p.user_id, p.credit_type, p.payment_id
  having count(*) > 1
  union all
  select 'one_live_subscription', s.user_id, min(k.credit_type), null,
    format('%s live plans: %s', count(*), string_agg(s.provider_subscription_id, ', ' order by s.created_at))
  from public.subscriptions s
  join public.credit_packages k on k.id = s.package_id
  where (p_user_id is null or s.user_id = p_user_id)
  and private.is_live(s)
  group by s.user_id
  having count(*) > 1
$$;
comment on function private.verify_subscriptions is
  'The part of verify_ledger about subscriptions: one live plan per user, periods that do not overlap, and charges that pay for one each.';

-- Checks of every invariant.

create function private.verify_money(p_user_id uuid)
returns table (invariant text, user_id uuid, credit_type text, transaction_id bigint, detail text)
language sql
stable
set search_path = ''
as $$
  with debts as (
    select c.user_id, c.credit_type, c.balance, c.debt, coalesce(sum(t.debt_change), 0) as booked
    from public.credits c
    left join public.credit_transactions t
      on t.user_id = c.user_id
      and t.credit_type = c.credit_type
      and t.type in ('clawback', 'clawback_reversal', 'debt_repayment')
    where p_user_id is null or c.user_id = p_user_id
    group by c.user_id, c.credit_type
  ),
  grants as (
    select t.id, t.user_id, t.credit_type, t.amount, p as payment
    from public.credit_transactions t
    join public.payments p on p.transaction_id = t.id
    where p_user_id is null or t.user_id = p_user_id
    union all
    select t.id, t.user_id, t.credit_type, t.amount, p
    from public.subscription_periods s
    join public.credit_transactions t on t.id = s.transaction_id
    left join public.payments p on p.id = s.payment_id
    where p_user_id is null or t.user_id = p_user_id
  ),
  returns as (
    select
      g.id,
      g.user_id,
      g.credit_type,
      private.clawed_back(g.id) as taken,
      least(
        case when (g.payment).id is null then 0 else private.clawback_target(g.payment, g.amount) end,
        g.amount - private.expired_credits(own_grant)
      ) as target
    from grants g
    left join public.credit_grants own_grant on own_grant.transaction_id = g.id
  )
  select 'debt_matches_ledger', d.user_id, d.credit_type, null::bigint,
    format('debt %s, ledger %s', d.debt, d.booked)
  from debts d
  where d.debt <> d.booked
  union all
  select 'debt_is_repaid_first', d.user_id, d.credit_type, null,
    format('balance %s beside a debt of %s', d.balance, d.debt)
  from debts d
  where d.debt > 0 and d.balance > 0
  union all
  select 'clawback_matches_money', r.user_id, r.credit_type, r.id,
    format('%s taken back, %s due', r.taken, r.target)
  from returns r
  where r.taken <> r.target
  union all
  select 'payment_grants_once', p.user_id, p.credit_type, p.transaction_id,
    format('payment %s is %s and its ledger row says %s', p.id, p.status, coalesce(t.reference_id, 'nothing'))
  from public.payments p
  left join public.credit_transactions t on t.id = p.transaction_id
  where (p_user_id is null or p.user_id = p_user_id)
  and p.status = 'succeeded'
  and p.subscription_id is null
  and t.reference_id is distinct from p.provider_payment_id
  union all
  select 'payment_grants_once', t.user_id, t.credit_type, max(t.id),
    format('%s grants for payment %s', count(*), t.reference_id)
  from public.credit_transactions t
  where (p_user_id is null or t.user_id = p_user_id)
  and t.type = 'purchase'
  and t.reference_type = 'payment'
  group by t.user_id, t.credit_type, t.reference_id
  -- Payments of the same id at two providers are two.
  having count(*) > greatest(1, (
    select count(*) from public.payments p where p.user_id = t.user_id and p.provider_payment_id = t.reference_id
  ))
  union all
  select 'period_grants_once', t.user_id, t.credit_type, t.id,
    format('a grant of subscription %s for no period', t.reference_id)
  from public.credit_transactions t
  left join public.subscription_periods s on s.transaction_id = t.id
  where (p_user_id is null or t.user_id = p_user_id)
  and t.type = 'subscription_grant'
  and t.reference_type = 'subscription'
  and s.subscription_id is null
  union all
  select p.* from private.verify_subscriptions(p_user_id) p
$$;
comment on function private.verify_money is
  'The part of verify_ledger about payments: one grant each, and what was taken back matches refunds and disputes.';

create function public.verify_ledger(p_user_id uuid default null)
returns table (invariant text, user_id uuid, credit_type text, transaction_id bigint, detail text)
language sql
stable
security definer
set search_path = ''
as $$
  with wallets as (
    select c.*
    from public.credits c
    where p_user_id is null or c.user_id = p_user_id
  ),
  entries as (
    select
      t.*,
      lag(t.balance_after, 1, 0::bigint) over wallet_history as expected_before,
      row_number() over wallet_history as expected_seq
    from public.credit_transactions t
    where p_user_id is null or t.user_id = p_user_id
    window wallet_history as (partition by t.user_id, t.credit_type order by t.seq)
  ),
  sums as (
    select
      e.user_id,
      e.credit_type,
      sum(e.amount) as total,
      max(e.seq) as last_seq,
      coalesce(sum(e.amount) filter (where e.type in ('purchase', 'subscription_grant')), 0) as purchased,
      coalesce(-sum(e.amount) filter (where e.type in ('deduction', 'refund')), 0) as used
    from entries e
    group by e.user_id, e.credit_type
  ),
  grant_totals as (
    select
      g.user_id,
      g.credit_type,
      sum(g.remaining) as remaining,
      min(g.expires_at) filter (where g.remaining > 0) as next_expiry_at
    from public.credit_grants g
    group by g.user_id, g.credit_type
  ),
  charges as (
    select
      t.id,
      t.user_id,
      t.credit_type,
      -t.amount as amount,
      private.refunded(t.id) as refunded
    from public.credit_transactions t
    where t.type = 'deduction'
    and (p_user_id is null or t.user_id = p_user_id)
    and exists (select from public.credit_transactions r where r.reverses = t.id)
  )
  select 'balance_is_sum_of_ledger', w.user_id, w.credit_type, null::bigint,
    format('balance %s, ledger %s', w.balance, coalesce(s.total, 0))
  from wallets w
  left join sums s using (user_id, credit_type)
  where w.balance <> coalesce(s.total, 0)
  union all
  select 'version_is_last_seq', w.user_id, w.credit_type, null,
    format('version %s, last seq %s', w.version, coalesce(s.last_seq, 0))
  from wallets w
  left join sums s using (user_id, credit_type)
  where w.version <> coalesce(s.last_seq, 0)
  union all
  select 'totals_match_ledger', w.user_id, w.credit_type, null,
    format(
      'purchased %s of %s, used %s of %s',
      w.total_purchased, coalesce(s.purchased, 0), w.total_used, coalesce(s.used, 0)
    )
  from wallets w
  left join sums s using (user_id, credit_type)
  where w.total_purchased <> coalesce(s.purchased, 0) or w.total_used <> coalesce(s.used, 0)
  union all
  select 'row_adds_up', e.user_id, e.credit_type, e.id,
    format('%s + %s is not %s', e.balance_before, e.amount, e.balance_after)
  from entries e
  where e.balance_before + e.amount <> e.balance_after
  union all
  select 'row_starts_where_last_ended', e.user_id, e.credit_type, e.id,
    format('starts at %s, last ended at %s', e.balance_before, e.expected_before)
  from entries e
  where e.balance_before <> e.expected_before
  union all
  select 'seq_is_gapless', e.user_id, e.credit_type, e.id, format('seq %s, expected %s', e.seq, e.expected_seq)
  from entries e
  where e.seq <> e.expected_seq
  union all
  select 'grants_within_balance', w.user_id, w.credit_type, null,
    format('grants %s, balance %s', g.remaining, w.balance)
  from wallets w
  join grant_totals g using (user_id, credit_type)
  where g.remaining > w.balance
  union all
  select 'next_expiry_is_of_first_grant', w.user_id, w.credit_type, null,
    format('wallet says %s, grants say %s', w.next_expiry_at, g.next_expiry_at)
  from wallets w
  left join grant_totals g using (user_id, credit_type)
  where w.next_expiry_at is distinct from g.next_expiry_at
  union all
  select 'refunds_within_charge', c.user_id, c.credit_type, c.id,
    format('charged %s, refunded %s', c.amount, c.refunded)
  from charges c
  where c.refunded > c.amount
  union all
  select 'hold_matches_charge', h.user_id, h.credit_type, h.transaction_id,
    format('%s hold of %s, charged %s, refunded %s', h.status, h.amount, -t.amount, private.refunded(t.id))
  from public.credit_holds h
  join public.credit_transactions t on t.id = h.transaction_id
  where (p_user_id is null or h.user_id = p_user_id)
  and case h.status
    when 'open' then h.amount + t.amount <> 0 or private.refunded(t.id) <> 0
    when 'settled' then -t.amount - private.refunded(t.id) > h.settled_amount
    else -t.amount <> private.refunded(t.id)
  end
  union all
  select 'run_matches_holds', r.user_id, r.credit_type, min(h.transaction_id),
    format('run %s is %s and charged %s, its holds %s', r.id, r.status, r.charged, sum(h.settled_amount))
  from public.runs r
  left join public.credit_holds h on h.run_id = r.id
  where p_user_id is null or r.user_id = p_user_id
  group by r.id
  having bool_and((r.finished_at is null) = (h.status = 'open')) is not true
  or coalesce(sum(h.settled_amount), 0) <> r.charged
  union all
  select 'key_is_used_once', t.user_id, min(t.credit_type), max(t.id), format('%s rows for %s', count(*), t.idempotency_key)
  from public.credit_transactions t
  where t.idempotency_key is not null
  and (p_user_id is null or t.user_id = p_user_id)
  group by t.user_id, t.idempotency_key
  having count(*) > 1
  union all
  select m.* from private.verify_money(p_user_id) m
  union all
  select d.* from private.verify_days() d where p_user_id is null
$$;
comment on function public.verify_ledger is
  'Checks every invariant of the engine, for one user or all, and names each row that breaks one. No rows: all hold.';

create function public.check_ledger()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  first_rows constant integer := 20;
  last_result constant jsonb := (select result from public.job_runs where job = 'verify-ledger');
  result jsonb;
begin
  select jsonb_build_object(
    'ok', true,
    'violations', count(*),
    'first', coalesce(
      jsonb_agg(to_jsonb(broken) - 'number' order by broken.number) filter (where broken.number <= first_rows), '[]'
    ),
    'since', case
      when count(*) > 0 then coalesce(last_result ->> 'since', clock_timestamp()::text)
    end
  )
  into result
  from (
    select v.*, row_number() over () as number
    from public.verify_ledger() v
  ) broken;
  return private.end_job('verify-ledger', result);
end
$$;
comment on function public.check_ledger is
  'The daily job: checks every invariant for everybody and keeps the result in job_runs, with the first 20 rows that break one and since when there are any. It reads the whole ledger.';

grant execute on function public.verify_ledger, public.check_ledger to service_role;

-- Live updates by broadcast: one private topic for each owner, one for the admins. Its triggers are off until
-- set_live_mode('broadcast'). Without them Realtime reports the changes of the published tables.

create function private.broadcast_to_owner()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  message jsonb := jsonb_build_object('table', tg_table_name);
begin
  if tg_table_name = 'credits' then
    message := message || jsonb_build_object(
      'record',
      jsonb_build_object('credit_type', new.credit_type, 'balance', new.balance, 'version', new.version)
    );
  end if;
  -- A message that cannot be sent is a warning of the database, and undoes nothing.
  perform realtime.send(message, 'change', 'owner:' || new.user_id, true);
  return null;
end
$$;
comment on function private.broadcast_to_owner is
  'Tells the owner of a row that it changed: of a wallet what is in it, of anything else only in which table. Realtime keeps messages for days, so they say no more than pages need.';

create function private.broadcast_to_admins()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform realtime.send(jsonb_build_object('table', tg_table_name), 'change', 'admins', true);
  return null;
end
$$;
comment on function private.broadcast_to_admins is 'Tells the admins in which table something changed, and nothing of the row.';

create trigger broadcast_to_owner after insert or update on public.credits
for each row execute function private.broadcast_to_owner();

create trigger broadcast_to_owner after insert or update on public.payments
for each row execute function private.broadcast_to_owner();

create trigger broadcast_to_owner after insert or update on public.subscriptions
for each row execute function private.broadcast_to_owner();

create trigger broadcast_to_admins after insert or update on public.payments
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.subscriptions
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.payment_events
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.payment_refunds
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.payment_disputes
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.package_syncs
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.signup_bonuses
for each row execute function private.broadcast_to_admins();

create trigger broadcast_to_admins after insert or update on public.job_runs
for each row execute function private.broadcast_to_admins();

alter table public.credits disable trigger broadcast_to_owner;

alter table public.payments disable trigger broadcast_to_owner;

alter table public.subscriptions disable trigger broadcast_to_owner;

alter table public.payments disable trigger broadcast_to_admins;

alter table public.subscriptions disable trigger broadcast_to_admins;

alter table public.payment_events disable trigger broadcast_to_admins;

alter table public.payment_refunds disable trigger broadcast_to_admins;

alter table public.payment_disputes disable trigger broadcast_to_admins;

alter table public.package_syncs disable trigger broadcast_to_admins;

alter table public.signup_bonuses disable trigger broadcast_to_admins;

alter table public.job_runs disable trigger broadcast_to_admins;

-- Says since when, on the first page of the admin area.
create index audit_logs_live_mode_idx on public.audit_logs (created_at) where action = 'live_mode.set';

create function private.broadcast_triggers()
returns setof pg_catalog.pg_trigger
language sql
stable
set search_path = ''
as $$
  select *
  from pg_catalog.pg_trigger
  where tgfoid in ('private.broadcast_to_owner'::regproc, 'private.broadcast_to_admins'::regproc)
$$;
comment on function private.broadcast_triggers is 'The triggers that broadcast, of every table that has one.';

create function public.live_mode()
returns text
language sql
stable
security definer
set search_path = ''
as $$
  select case when bool_and(tgenabled <> 'D') then 'broadcast' else 'changes' end
  from private.broadcast_triggers()
$$;
comment on function public.live_mode is
  'How this database tells browsers of changes: by broadcast while all of its triggers for that are on, else by changes.';

create function public.set_live_mode(p_mode text)
returns text
language plpgsql
security definer
set search_path = ''
-- Less than deadlock_timeout: whoever waits for whom, this one gives up first, and no charge waits longer.
set lock_timeout = '500ms'
as $$
declare
  broadcaster record;
begin
  if p_mode is null or p_mode not in ('changes', 'broadcast') then
    raise exception using errcode = 'invalid_parameter_value', message = 'The live mode must be changes or broadcast.';
  end if;
  if p_mode = public.live_mode() then
    return p_mode;
  end if;
  for broadcaster in
    select tgrelid::regclass as name, tgname from private.broadcast_triggers()
  loop
    execute format(
      'alter table %s %s trigger %I',
      broadcaster.name, case p_mode when 'broadcast' then 'enable' else 'disable' end, broadcaster.tgname
    );
  end loop;
  insert into public.audit_logs (action, outcome, details)
  values ('live_mode.set', 'success', jsonb_build_object('mode', p_mode));
  return p_mode;
end
$$;
comment on function public.set_live_mode is
  'Has this database tell browsers of changes by broadcast, or by changes alone, which costs a charge nothing. Changes nothing, with lock_not_available, where the tables stay busy for half a second: call it again. The app follows its LIVE_MODE.';

-- Who may hear a topic is asked when it is joined, and again with each new token. Nobody may send: there is no policy for that.
create policy "people hear their own topic, admins every one"
on realtime.messages for select to authenticated
using (
  extension = 'broadcast'
  and (
    (select realtime.topic()) = 'owner:' || (select auth.uid())
    or (select realtime.topic()) ~ '^(admins$|owner:)' and (select private.is_admin())
  )
);

grant execute on function public.live_mode, public.set_live_mode to service_role;

-- Closing an account: nothing that names the person is kept; the ledger is, since it is what the business must prove.

create function private.forget_person(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  personal private.personal_data;
  changes text;
begin
  delete from public.mails where user_id = p_user_id and status = 'waiting';
  update public.profiles set name = '', time_zone = null where id = p_user_id;
  perform private.forget_keys(p_user_id);
  -- The hash of the mailbox stays, or a new account would get the sign-up bonus again. Whose it was is not kept.
  update public.signup_bonuses set user_id = null, client_network = null where user_id = p_user_id;
  -- What the triggers of append-only tables let through, in this transaction and for these rows alone.
  perform set_config('account.forgetting', 'on', true);
  for personal in select * from private.personal_data loop
    select string_agg(
      case
        when jsonb_typeof(kept_keys) = 'array' then format('%1$I = private.blank(%1$I, %2$L)', column_name, kept_keys)
        else format('%I = null', column_name)
      end,
      ', '
    )
    into changes
    from jsonb_each(personal.columns) listed (column_name, kept_keys);
    execute format('update public.%I set %s where %s', personal.table_name, changes, personal.owned_by) using p_user_id;
  end loop;
  perform set_config('account.forgetting', '', true);
end
$$;
comment on function private.forget_person is
  'Blanks every column that private.personal_data lists for this user, in append-only tables too. Nothing else may change those.';

create function private.forget_login(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  belongings regclass;
begin
  -- Sessions, identities, factors, one-time tokens: which tables there are differs between versions of Auth.
  for belongings in
    select c.oid
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'auth'::regnamespace
    and c.relkind = 'r'
    and a.attname = 'user_id'
    and not a.attisdropped
    order by c.relname
  loop
    execute format('delete from %s where user_id::text = $1::text', belongings) using p_user_id;
  end loop;
  delete from private.pending_confirmations c
  using auth.users u
  where u.id = p_user_id
  and c.email in (lower(u.email), lower(u.email_change));
  delete from auth.audit_log_entries where payload ->> 'actor_id' = p_user_id::text;
  update auth.users
  set
    -- A changed address is copied to the profile. This one frees the old one, and receives no mail.
    email = format('closed-%s@account.invalid', id),
    encrypted_password = '',
    phone = null,
    raw_user_meta_data = '{}',
    raw_app_meta_data = '{}',
    email_change = '',
    email_change_token_new = '',
    email_change_token_current = '',
    confirmation_token = '',
    recovery_token = '',
    phone_change = '',
    phone_change_token = '',
    reauthentication_token = '',
    -- Not infinity, which Auth cannot read.
    banned_until = clock_timestamp() + interval '100 years',
    deleted_at = clock_timestamp()
  where id = p_user_id;
end
$$;
comment on function private.forget_login is
  'Ends every session and way to sign in of a user, and frees the address for a new account. The row of auth.users stays, without what names anybody: the ledger refers to it.';

create function public.close_account(
  p_user_id uuid,
  p_confirmation text,
  p_actor_id uuid,
  p_caller jsonb,
  p_reason text default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'account.close';
  by_admin constant boolean := p_actor_id is distinct from p_user_id;
  named_admin constant uuid := case when by_admin then p_actor_id end;
  account public.profiles;
  plan public.subscriptions;
  refused jsonb;
begin
  refused := private.refuse_caller(audit_action, p_actor_id, p_caller);
  if refused is null and by_admin then
    refused := coalesce(
      private.refuse_unless_admin(audit_action, p_user_id, p_actor_id),
      private.refuse_without_reason(audit_action, p_user_id, p_reason, p_actor_id)
    );
  end if;
  if refused is not null then
    return refused;
  end if;

  -- 1. Is it to be closed, and meant?
  select * into account from public.profiles where id = p_user_id for update;
  if account.id is null then
    return private.refuse(audit_action, p_user_id, 'user_not_found', 'There is no such user.', '{}', named_admin);
  end if;
  if account.closed_at is not null then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  if lower(btrim(p_confirmation)) is distinct from lower(account.email) then
    return private.refuse(
      audit_action, p_user_id, 'confirmation_mismatch', 'Type the e-mail address of the account to confirm.', '{}', named_admin
    );
  end if;
  if private.has_admin_role(p_user_id) then
    return private.refuse(
      audit_action, p_user_id, 'account_of_admin', 'An admin''s account cannot be closed. Take the role away first.', '{}',
      named_admin
    );
  end if;

  -- 2. Nothing may go on that would cost or name the person later.
  select * into plan from public.subscriptions where id = private.live_subscription(p_user_id) and not cancel_at_period_end;
  if plan.id is not null then
    return private.refuse(
      audit_action, p_user_id, 'plan_active', 'Cancel the plan first: it would be charged again.', '{}', named_admin
    );
  end if;
  perform from public.credits where user_id = p_user_id order by credit_type for no key update;
  perform from public.credit_holds where user_id = p_user_id and status = 'open' order by transaction_id for no key update;
  if exists (
    select from public.credit_holds
    where user_id = p_user_id
    and status = 'open'
    and expires_at > clock_timestamp()
  ) then
    return private.refuse(
      audit_action, p_user_id, 'run_in_flight', 'A run is still going. Try again when it has ended.', '{}', named_admin
    );
  end if;

  -- 3. Close it.
  perform private.forget_person(p_user_id);
  perform private.forget_login(p_user_id);
  update public.profiles set closed_at = clock_timestamp() where id = p_user_id;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason)
  values (p_actor_id, p_user_id, audit_action, 'success', case when by_admin then btrim(p_reason) end);
  return jsonb_build_object('ok', true, 'replayed', false);
end
$$;
comment on function public.close_account is
  'Closes an account, for its user or an admin with a reason, once p_confirmation is its address: ends its sessions, frees its address, and blanks all that names the person. Wallets, ledger and payments stay. Refuses while a plan would renew or a run goes on. A repeated call changes nothing.';

grant execute on function public.close_account to service_role;

-- Everything about one user, for that user.

create function public.export_account(p_user_id uuid, p_caller jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_caller('account.export', p_user_id, p_caller);
begin
  return coalesce(refused, jsonb_build_object(
    'ok', true,
    'exported_at', clock_timestamp(),
    'profile', (select to_jsonb(p) from public.profiles p where p.id = p_user_id),
    'login', (
      select jsonb_build_object(
        'email', email, 'created_at', created_at, 'last_sign_in_at', last_sign_in_at, 'details', raw_user_meta_data
      )
      from auth.users
      where id = p_user_id
    ),
    'identities', (
      select coalesce(jsonb_agg(jsonb_build_object('provider', provider, 'details', identity_data) order by created_at), '[]')
      from auth.identities
      where user_id = p_user_id
    ),
    'sessions', (
      select coalesce(
        jsonb_agg(jsonb_build_object('created_at', created_at, 'ip', host(ip), 'user_agent', user_agent) order by created_at),
        '[]'
      )
      from auth.sessions
      where user_id = p_user_id
    ),
    'wallets', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.credit_type), '[]') from public.credits c where c.user_id = p_user_id
    ),
    'transactions', (
      select coalesce(jsonb_agg(to_jsonb(t) - array['request_hash', 'actor_id'] order by t.id), '[]')
      from public.credit_transactions t
      where t.user_id = p_user_id
    ),
    'grants', (
      select coalesce(jsonb_agg(to_jsonb(g) order by g.id), '[]') from public.credit_grants g where g.user_id = p_user_id
    ),
    'api_keys', (
      select coalesce(jsonb_agg(to_jsonb(k) order by k.id), '[]') from public.api_keys k where k.owner_id = p_user_id
    ),
    'runs', (
      select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from public.runs r where r.user_id = p_user_id
    ),
    'payments', (
      select coalesce(jsonb_agg(to_jsonb(p) order by p.created_at), '[]') from public.payments p where p.user_id = p_user_id
    ),
    'refunds', (
      select coalesce(jsonb_agg(to_jsonb(r) - 'requested_by' order by r.created_at), '[]')
      from public.payment_refunds r
      join public.payments p on p.id = r.payment_id
      where p.user_id = p_user_id
    ),
    'subscriptions', (
      select coalesce(jsonb_agg(to_jsonb(s) order by s.created_at), '[]')
      from public.subscriptions s
      where s.user_id = p_user_id
    ),
    'mails', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.id), '[]') from public.mails m where m.user_id = p_user_id
    ),
    'events', (
      select coalesce(
        jsonb_agg(jsonb_build_object('type', e.type, 'received_at', e.received_at, 'payload', e.payload) order by e.received_at),
        '[]'
      )
      from public.payment_events e
      where e.provider_ids && private.provider_ids_of(p_user_id)
    ),
    'log', (
      -- Not which admin it was.
      select coalesce(jsonb_agg(to_jsonb(a) - 'actor_id' order by a.id), '[]')
      from public.audit_logs a
      where a.target_user_id = p_user_id
    )
  ));
end
$$;
comment on function public.export_account is
  'All that is stored about a user, by subject: what close_account would blank, and the rows it would keep.';

grant execute on function public.export_account to service_role;

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

-- What the lists of the admin pages show. Read as the caller: row-level security decides whose rows there are.

-- Everything appears once: what admins do and what was refused from audit_logs, every other change from the ledger.
-- What is told elsewhere is left out around the three, not in each: only then does Postgres merge them by their indexes
-- and read no more than a page. What is the same in all rows of one of them leaves it out where it does not fit a filter.
create view public.audit_trail
with (security_invoker = true)
as
select id, source, number, created_at, actor_id, target_user_id, action, outcome, reason, details
from (
  select
    'ledger:' || t.id as id,
    'ledger' as source,
    t.id as number,
    t.created_at,
    null::uuid as actor_id,
    t.user_id as target_user_id,
    'credits.' || t.type as action,
    'success' as outcome,
    t.description as reason,
    jsonb_strip_nulls(jsonb_build_object(
      'transaction_id', t.id,
      'credit_type', t.credit_type,
      'amount', t.amount,
      'balance', t.balance_after,
      'debt_change', t.debt_change,
      'action', t.action
    )) as details,
    t.actor_id is not null as is_told_elsewhere
  from public.credit_transactions t
  union all
  select
    'log:' || a.id, 'log', a.id, a.created_at, a.actor_id, a.target_user_id, a.action, a.outcome, a.reason, a.details, false
  from public.audit_logs a
  union all
  select
    concat_ws(':', 'repeats', r.target_user_id, r.action, r.code, extract(epoch from r.hour)::bigint),
    'repeats',
    extract(epoch from r.hour)::bigint,
    r.last_refused_at,
    null,
    r.target_user_id,
    r.action,
    'failure',
    r.reason,
    jsonb_build_object('code', r.code, 'repeats', r.repeats, 'since', r.hour),
    r.repeats = 0
  from public.audit_refusals r
) entries
where not is_told_elsewhere;
comment on view public.audit_trail is
  'Every mutation and every refusal, with its reason: the ledger and audit_logs as one, and a row for each refusal that was repeated within the hour.';
comment on column public.audit_trail.source is 'Where it stands: ledger, log or repeats (refusals counted by the hour).';
comment on column public.audit_trail.number is 'Orders what has the same timestamp.';

create view public.payment_overview
with (security_invoker = true)
as
select
  p.id,
  p.created_at,
  p.user_id,
  u.email,
  p.package_id,
  k.name as package_name,
  k.kind,
  p.subscription_id,
  p.status,
  case
    when p.dispute_status in ('opened', 'challenged') then 'disputed'
    when p.dispute_status in ('lost', 'accepted', 'expired') then 'dispute_lost'
    when p.refunded_amount > 0 and p.refunded_amount >= p.charged_amount then 'refunded'
    when p.refunded_amount > 0 then 'partly_refunded'
    when p.status = 'pending' and p.created_at < now() - interval '1 day' then 'abandoned'
    else p.status
  end as state,
  exists (
    select from public.payment_refunds r
    where r.payment_id = p.id
    and r.status in ('requested', 'pending', 'review')
  ) as refund_pending,
  p.charged_at,
  p.dispute_status is not null as was_disputed,
  coalesce(p.charged_amount, p.amount) as amount,
  coalesce(p.charged_currency, p.currency) as currency,
  p.refunded_amount,
  p.credit_type,
  granted.credits as credits_granted,
  granted.taken_back as credits_taken_back,
  concat_ws(' ', u.email, p.provider_payment_id, p.checkout_session_id, s.provider_subscription_id) as search_text
from public.payments p
join public.profiles u on u.id = p.user_id
join public.credit_packages k on k.id = p.package_id
left join public.subscriptions s on s.id = p.subscription_id
cross join lateral (
  select
    coalesce(sum(t.amount), 0)::bigint as credits,
    coalesce(sum((
      select sum(b.debt_change - b.amount)
      from public.credit_transactions b
      where b.reverses = t.id
      and b.type in ('clawback', 'clawback_reversal')
    )), 0)::bigint as taken_back
  from public.credit_transactions t
  where t.id = any(array(
    select p.transaction_id
    union all
    select period.transaction_id from public.subscription_periods period where period.payment_id = p.id
  ))
) granted;
comment on view public.payment_overview is
  'Payments with their user, package, overall state, and the credits granted and taken back.';

create view public.subscription_overview
with (security_invoker = true)
as
select
  s.id,
  s.created_at,
  s.user_id,
  u.email,
  s.package_id,
  k.name as package_name,
  s.status,
  s.current_period_start,
  s.current_period_end,
  s.cancel_at_period_end,
  n.name as scheduled_package_name,
  s.trial,
  s.surplus,
  s.provider_subscription_id,
  concat_ws(' ', u.email, s.provider_subscription_id) as search_text
from public.subscriptions s
join public.profiles u on u.id = s.user_id
join public.credit_packages k on k.id = s.package_id
left join public.credit_packages n on n.id = s.scheduled_package_id;
comment on view public.subscription_overview is 'Subscriptions with their user and the name of the plan.';

grant select on 
  public.audit_trail,
  public.payment_overview,
  public.subscription_overview
to authenticated, service_role;

-- What waits for an admin: the first page of the admin area. Only what somebody can clear is in it.

create function private.late_jobs(p_jobs jsonb)
returns table (job text, ran_at timestamptz, late_since timestamptz, error text)
language sql
stable
set search_path = ''
as $$
  select wanted.job, r.ran_at, last.at + late.after, r.error
  from jsonb_each_text(p_jobs) as wanted (job, seconds)
  left join public.job_runs r on r.job = wanted.job
  -- A job that never ran is late from the first account on: before it there is nothing to do.
  cross join lateral (select coalesce(r.ran_at, (select min(created_at) from public.profiles)) as at) last
  cross join lateral (select 2 * wanted.seconds::integer * interval '1 second' + interval '10 minutes' as after) late
  where last.at + late.after < clock_timestamp()
  or r.error is not null
$$;
comment on function private.late_jobs is
  'The jobs, of those given with their seconds between two runs, that have missed two runs or failed the last time.';

create function private.unmatched_customers(p_limit integer)
returns table (user_id uuid, since timestamptz, details jsonb)
language sql
stable
set search_path = ''
as $$
  select a.target_user_id, min(a.created_at), jsonb_build_object('customer_id', max(a.details ->> 'customer_id'))
  from public.audit_logs a
  where a.action = 'customer.link'
  and a.outcome = 'failure'
  and a.created_at > clock_timestamp() - interval '30 days'
  and a.details ->> 'code' = 'customer_taken'
  and not exists (select from public.payment_customers c where c.user_id = a.target_user_id)
  -- Once its holder was given another address, the next checkout goes through.
  and not exists (
    select from public.audit_logs moved
    where moved.target_user_id = (a.details ->> 'holder_id')::uuid
    and moved.action = 'customer.move'
    and moved.outcome = 'success'
    and moved.created_at > a.created_at
  )
  group by a.target_user_id
  order by min(a.created_at)
  limit p_limit
$$;
comment on function private.unmatched_customers is
  'Whose checkouts were refused in the last 30 days because the payment provider takes them for another account.';

create function private.live_mode_mismatch(p_app_mode text)
returns table (since timestamptz, details jsonb)
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select max(created_at) from public.audit_logs where action = 'live_mode.set' and outcome = 'success'),
    clock_timestamp()
  ), jsonb_build_object('app', p_app_mode, 'database', database.mode)
  from (select public.live_mode() as mode) database
  where database.mode <> p_app_mode
$$;
comment on function private.live_mode_mismatch is
  'One row where browsers wait for changes by another way than this database tells of them, since its own was last set.';

create function public.needs_attention(p_jobs jsonb, p_limit integer default 25, p_app_live_mode text default null)
returns table (
  kind text,
  subject text,
  since timestamptz,
  respond_by timestamptz,
  user_id uuid,
  email text,
  details jsonb
)
language sql
stable
security definer
set search_path = ''
as $$
  with waiting (kind, subject, since, respond_by, user_id, details) as (
    (
      select
        case when e.status = 'review' then 'reviewed_event' else 'failed_event' end, e.id, e.received_at,
        null::timestamptz, null::uuid,
        jsonb_build_object('type', e.type, 'provider', e.provider, 'error', left(e.error, 200))
      from public.payment_events e
      where e.status in ('received', 'failed', 'review')
      -- What has just come in is being applied.
      and (e.status <> 'received' or e.received_at < clock_timestamp() - interval '15 minutes')
      order by e.received_at
      limit p_limit
    )
    union all
    (
      select
        'dispute', d.payment_id::text, d.created_at, d.respond_by, p.user_id,
        jsonb_build_object('amount', d.amount, 'currency', d.currency, 'provider', d.provider)
      from public.payment_disputes d
      join public.payments p on p.id = d.payment_id
      where d.status = 'opened'
      order by d.created_at
      limit p_limit
    )
    union all
    (
      select
        'stuck_refund', r.payment_id::text, r.created_at, null, p.user_id,
        jsonb_build_object(
          'amount', r.amount, 'currency', r.currency, 'provider', r.provider, 'status', r.status
        )
      from public.payment_refunds r
      join public.payments p on p.id = r.payment_id
      where r.status in ('requested', 'pending', 'review')
      -- Banks take days; a provider that was asked answers at once.
      and r.created_at < clock_timestamp() - case r.status when 'requested' then interval '1 hour' else interval '7 days' end
      order by r.created_at
      limit p_limit
    )
    union all
    (
      select
        'stuck_payment', p.id::text, p.created_at, null, p.user_id,
        jsonb_build_object('amount', p.amount, 'currency', p.currency, 'provider', p.provider)
      from public.payments p
      where p.status = 'processing'
      and p.created_at < clock_timestamp() - interval '3 days'
      order by p.created_at
      limit p_limit
    )
    union all
    (
      select
        'second_plan', s.id::text, s.created_at, null, s.user_id,
        jsonb_build_object('provider', s.provider, 'subscription_id', s.provider_subscription_id)
      from public.subscriptions s
      where s.surplus = 'open'
      -- The job ends and refunds them within minutes.
      and s.created_at < clock_timestamp() - interval '1 hour'
      order by s.created_at
      limit p_limit
    )
    union all
    select 'unmatched_customer', c.user_id::text, c.since, null, c.user_id, c.details
    from private.unmatched_customers(p_limit) c
    union all
    (
      select 'held_bonus', b.user_id::text, b.created_at, null, b.user_id, jsonb_build_object('network', b.client_network)
      from public.signup_bonuses b
      where b.status = 'held'
      and b.created_at > clock_timestamp() - interval '30 days'
      and not private.is_closed(b.user_id)
      order by b.created_at
      limit p_limit
    )
    union all
    (
      select
        'failed_sync', s.package_id, coalesce(s.finished_at, s.started_at), null, null,
        jsonb_build_object('name', k.name, 'provider', s.provider, 'error', left(s.error, 200))
      from public.package_syncs s
      join public.credit_packages k on k.id = s.package_id
      where k.active
      and (s.status = 'failed' or s.status = 'syncing' and s.started_at < clock_timestamp() - interval '10 minutes')
      order by s.started_at
      limit p_limit
    )
    union all
    select
      case when j.error is null then 'late_job' else 'failed_job' end, j.job,
      case when j.error is null then j.late_since else j.ran_at end, null, null,
      jsonb_build_object('ran_at', j.ran_at, 'error', j.error)
    from private.late_jobs(p_jobs) j
    union all
    select
      'unsound_ledger', 'ledger', (r.result ->> 'since')::timestamptz, null, null,
      jsonb_build_object('violations', r.result -> 'violations', 'ran_at', r.ran_at)
    from public.job_runs r
    where r.job = 'verify-ledger'
    and (r.result ->> 'violations')::bigint > 0
    union all
    select 'live_mode', 'live', m.since, null, null, m.details
    from private.live_mode_mismatch(p_app_live_mode) m
  )
  select w.kind, w.subject, w.since, w.respond_by, w.user_id, u.email, jsonb_strip_nulls(w.details)
  from waiting w
  left join public.profiles u on u.id = w.user_id
  order by w.since, w.kind, w.subject
$$;
comment on function public.needs_attention is
  'What waits for an admin, oldest first, at most p_limit of each kind. p_jobs: the seconds between two runs of each job that should run. p_app_live_mode: what LIVE_MODE of the app says. Abandoned checkouts are not in it: they end by themselves after a day.';

grant execute on function public.needs_attention to service_role;

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

-- What an admin does to a user: credits as a gift, sessions, bans and the role of an admin. Each with a reason.

create function public.give_credits(
  p_user_id uuid,
  p_amount bigint,
  p_reason text,
  p_actor_id uuid,
  p_credit_type text default 'general',
  p_expires_at timestamptz default null,
  p_idempotency_key text default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.give';
  asked constant jsonb := jsonb_build_object(
    'requested_amount', p_amount, 'credit_type', p_credit_type, 'expires_at', p_expires_at, 'given_reason', p_reason
  );
  result jsonb;
begin
  result := coalesce(
    private.refuse_unless_admin(audit_action, p_user_id, p_actor_id, asked),
    private.refuse_without_reason(audit_action, p_user_id, p_reason, p_actor_id, asked)
  );
  if result is null and private.is_closed(p_user_id) then
    result := private.refuse(
      audit_action, p_user_id, 'account_closed', 'The account is closed, and nothing can be spent from it.', asked, p_actor_id
    );
  end if;
  if result is not null then
    return result;
  end if;
  result := private.add_credits(
    audit_action, p_user_id, p_amount, p_credit_type, 'promotion',
    p_action => 'admin_gift',
    p_description => btrim(p_reason),
    p_expires_at => p_expires_at,
    p_idempotency_key => p_idempotency_key,
    p_request_hash => md5(row('give', p_amount, p_credit_type, p_expires_at, p_actor_id)::text),
    p_actor_id => p_actor_id,
    p_asked => asked
  );
  if (result ->> 'ok')::boolean and not (result ->> 'replayed')::boolean then
    insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
    values (
      p_actor_id, p_user_id, audit_action, 'success', btrim(p_reason),
      jsonb_strip_nulls(jsonb_build_object(
        'transaction_id', result -> 'transaction_id', 'credit_type', p_credit_type, 'amount', p_amount,
        'balance', result -> 'balance', 'expires_at', p_expires_at
      ))
    );
  end if;
  return result;
end
$$;
comment on function public.give_credits is
  'An admin gives credits, with a reason and perhaps an end. They count as a gift, not as bought.';

create function private.find_account(p_audit_action text, p_user_id uuid, p_actor_id uuid, p_reason text)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  account public.profiles;
  refused jsonb := coalesce(
    private.refuse_unless_admin(p_audit_action, p_user_id, p_actor_id),
    private.refuse_without_reason(p_audit_action, p_user_id, p_reason, p_actor_id)
  );
begin
  if refused is not null then
    return refused;
  end if;
  select * into account from public.profiles where id = p_user_id for update;
  if account.id is null then
    return private.refuse(p_audit_action, p_user_id, 'user_not_found', 'There is no such user.', '{}', p_actor_id);
  end if;
  if account.closed_at is not null then
    return private.refuse(p_audit_action, p_user_id, 'account_closed', 'The account is closed.', '{}', p_actor_id);
  end if;
  return null;
end
$$;
comment on function private.find_account is
  'Locks an open account for what an admin does to it with a reason; the refusal where that cannot be.';

create function private.note_action(p_audit_action text, p_user_id uuid, p_actor_id uuid, p_reason text, p_details jsonb default '{}')
returns jsonb
language sql
set search_path = ''
as $$
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (p_actor_id, p_user_id, p_audit_action, 'success', btrim(p_reason), p_details);
  select jsonb_build_object('ok', true, 'replayed', false)
$$;
comment on function private.note_action is 'Notes what an admin did to a user, and is the result of it.';

create function public.sign_out_user(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'session.end_all';
  refused jsonb := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
  ended integer;
begin
  if refused is not null then
    return refused;
  end if;
  delete from auth.sessions where user_id = p_user_id;
  get diagnostics ended = row_count;
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason, jsonb_build_object('sessions', ended))
    || jsonb_build_object('ended', ended);
end
$$;
comment on function public.sign_out_user is 'An admin ends every session of a user. The user may sign in again.';

create function public.ban_user(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'account.ban';
  refused jsonb := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
begin
  if refused is not null then
    return refused;
  end if;
  if private.has_admin_role(p_user_id) then
    return private.refuse(
      audit_action, p_user_id, 'account_of_admin', 'An admin cannot be banned. Take the role away first.', '{}', p_actor_id
    );
  end if;
  if private.is_banned(p_user_id) then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  -- Not infinity, which Auth cannot read.
  update auth.users set banned_until = clock_timestamp() + interval '100 years' where id = p_user_id;
  delete from auth.sessions where user_id = p_user_id;
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason);
end
$$;
comment on function public.ban_user is
  'An admin bans a user, who is signed out and cannot sign in until the ban is lifted. Credits and plan stay. Admins cannot be banned.';

create function public.unban_user(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'account.unban';
  refused jsonb := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
begin
  if refused is not null then
    return refused;
  end if;
  update auth.users set banned_until = null where id = p_user_id and banned_until > clock_timestamp();
  if not found then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason);
end
$$;
comment on function public.unban_user is 'An admin lifts the ban of a user, who may sign in again.';

create function public.appoint_admin(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'role.give';
  refused jsonb := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
begin
  if refused is not null then
    return refused;
  end if;
  if private.is_banned(p_user_id) then
    return private.refuse(
      audit_action, p_user_id, 'account_banned', 'Who is banned cannot be an admin. Lift the ban first.', '{}', p_actor_id
    );
  end if;
  insert into public.user_roles (user_id, role) values (p_user_id, 'admin') on conflict do nothing;
  if not found then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason, '{"role": "admin"}');
end
$$;
comment on function public.appoint_admin is 'An admin makes somebody else an admin, too.';

create function public.dismiss_admin(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'role.take';
  refused jsonb;
begin
  -- One at a time: two admins who dismiss each other at once must not leave nobody.
  perform pg_advisory_xact_lock(hashtext('dismiss_admin'));
  refused := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
  if refused is not null then
    return refused;
  end if;
  if not private.has_admin_role(p_user_id) then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  if not exists (
    select
    from public.user_roles
    where role = 'admin'
    and user_id <> p_user_id
    and not private.is_banned(user_id)
  ) then
    return private.refuse(
      audit_action, p_user_id, 'last_admin', 'This is the last admin. Make somebody else an admin first.', '{}', p_actor_id
    );
  end if;
  delete from public.user_roles where user_id = p_user_id and role = 'admin';
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason, '{"role": "admin"}');
end
$$;
comment on function public.dismiss_admin is 'An admin takes the role of an admin away, also from oneself, but never from the last one.';

create function public.read_account(p_user_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.describe_user(p_user_id)
$$;
comment on function public.read_account is 'How a user stands, for admins; null when there is none.';

create function public.wallet_totals(p_user_id uuid, p_credit_type text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'purchased', coalesce(sum(t.amount) filter (where t.type = 'purchase'), 0),
    'subscribed', coalesce(sum(t.amount) filter (where t.type = 'subscription_grant'), 0),
    -- Also what had been spent already, and became a debt.
    'taken_back', coalesce(
      sum(coalesce(t.debt_change, 0) - t.amount) filter (where t.type in ('clawback', 'clawback_reversal')), 0
    ),
    'refunded', coalesce(sum(t.amount) filter (where t.type = 'refund'), 0)
  )
  from public.credit_transactions t
  where t.user_id = p_user_id
  and t.credit_type = p_credit_type
  and t.type <> 'deduction'
$$;
comment on function public.wallet_totals is
  'What total_purchased and total_used of a wallet are made of, for admins: bought once and by plans, what of it was taken back, and what of the charges was refunded.';

grant execute on function
  public.give_credits,
  public.sign_out_user,
  public.ban_user,
  public.unban_user,
  public.appoint_admin,
  public.dismiss_admin,
  public.read_account,
  public.wallet_totals
to service_role;

-- Credits given to many users at once: first written down as who gets what, then given row by row.

create table public.gift_batches (
  id uuid primary key,
  actor_id uuid not null,
  credit_type text not null references public.credit_types (id),
  reason text not null,
  expires_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.gift_batches is
  'What an admin prepared to give to many users. Nothing is given before it is run; one that broke off is run again.';
create index gift_batches_newest_idx on public.gift_batches (created_at desc);
create index gift_batches_credit_type_idx on public.gift_batches (credit_type);

create table public.gift_batch_rows (
  batch_id uuid not null references public.gift_batches (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  amount bigint not null constraint gift_batch_rows_amount_in_range check (amount between 1 and 9007199254740991),
  status text not null default 'waiting'
    constraint gift_batch_rows_status_is_known check (status in ('waiting', 'given', 'refused')),
  code text,
  primary key (batch_id, user_id)
);
comment on table public.gift_batch_rows is 'Who gets how much by a batch, once each, and why somebody got nothing.';
create index gift_batch_rows_user_idx on public.gift_batch_rows (user_id);
create index gift_batch_rows_waiting_idx on public.gift_batch_rows (batch_id, user_id) where status = 'waiting';

create function private.gift_batch_state(p_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', b.id,
    'reason', b.reason,
    'credit_type', b.credit_type,
    'expires_at', b.expires_at,
    'created_at', b.created_at,
    'users', count(r.user_id),
    'total', coalesce(sum(r.amount), 0),
    'waiting', count(*) filter (where r.status = 'waiting'),
    'given', count(*) filter (where r.status = 'given'),
    'refused', count(*) filter (where r.status = 'refused')
  )
  from public.gift_batches b
  left join public.gift_batch_rows r on r.batch_id = b.id
  where b.id = p_id
  group by b.id
$$;
comment on function private.gift_batch_state is 'How far a batch has come; null when there is none.';

create function private.find_named_users(p_rows jsonb)
returns table (given text, amount bigint, id uuid)
language sql
stable
set search_path = ''
as $$
  select r ->> 'user', (r ->> 'amount')::bigint, coalesce(by_id.id, by_email.id)
  from jsonb_array_elements(p_rows) r
  left join public.profiles by_id on by_id.id::text = lower(btrim(r ->> 'user')) and by_id.closed_at is null
  left join public.profiles by_email on lower(by_email.email) = lower(btrim(r ->> 'user')) and by_email.closed_at is null
$$;
comment on function private.find_named_users is
  'The open accounts that rows {user, amount} name by an id or an address, and no id for those that name nobody.';

create function public.prepare_gift_batch(
  p_id uuid,
  p_actor_id uuid,
  p_reason text,
  p_credit_type text,
  p_expires_at timestamptz default null,
  p_filter jsonb default null,
  p_amount bigint default null,
  p_rows jsonb default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'gift_batch.prepare';
  max_users constant integer := 5000;
  filtered constant text := 'p.closed_at is null and ' || private.users_where(coalesce(p_filter, '{}'));
  unknown text[];
  refused jsonb;
  problem text[];
begin
  refused := coalesce(
    private.refuse_unless_admin(audit_action, null, p_actor_id),
    private.refuse_without_reason(audit_action, null, p_reason, p_actor_id)
  );
  if refused is not null then
    return refused;
  end if;
  problem := case
    when exists (select from public.gift_batches where id = p_id)
      then array['batch_exists', 'This batch was prepared already. Begin anew.']
    when not exists (select from public.credit_types where id = p_credit_type)
      then array['unknown_credit_type', 'There is no such credit type.']
    when p_expires_at <= clock_timestamp()
      then array['already_expired', 'These credits would be expired when they arrive.']
    when p_rows is null and coalesce(p_amount, 0) not between 1 and private.max_amount()
      then array['invalid_amount', 'The amount must be a positive whole number of credits.']
    when coalesce(jsonb_array_length(p_rows), private.count_users(p_filter, filtered)) > max_users
      then array['too_many_users', format('A batch may have %s users at most.', max_users)]
    when p_rows is not null
      then (
        select array['duplicate_user', format('%s is named more than once.', min(n.given))]
        from private.find_named_users(p_rows) n
        where n.id is not null
        group by n.id
        having count(*) > 1
        limit 1
      )
  end;
  if problem is not null then
    return private.refuse(audit_action, null, problem[1], problem[2], '{}', p_actor_id);
  end if;

  insert into public.gift_batches (id, actor_id, credit_type, reason, expires_at)
  values (p_id, p_actor_id, p_credit_type, btrim(p_reason), p_expires_at);
  if p_rows is not null then
    with named as materialized (
      select * from private.find_named_users(p_rows)
    ),
    known as (
      insert into public.gift_batch_rows (batch_id, user_id, amount)
      select p_id, n.id, n.amount from named n where n.id is not null
    )
    select array_agg(n.given) into unknown from named n where n.id is null;
  else
    execute format(
      'insert into public.gift_batch_rows (batch_id, user_id, amount)
      select $2, p.id, $3
      from public.profiles p
      left join public.credits w on w.user_id = p.id and w.credit_type = $1 ->> ''credit_type''
      where %s',
      filtered
    )
    using p_filter, p_id, p_amount;
  end if;
  return private.gift_batch_state(p_id) || jsonb_build_object(
    'ok', true,
    'unknown', coalesce(cardinality(unknown), 0),
    'unknown_sample', to_jsonb(coalesce(unknown[1:10], '{}')),
    'sample', (
      select coalesce(jsonb_agg(jsonb_build_object('email', s.email, 'amount', s.amount)), '[]')
      from (
        select p.email, r.amount
        from public.gift_batch_rows r
        join public.profiles p on p.id = r.user_id
        where r.batch_id = p_id
        order by r.amount desc, p.email
        limit 10
      ) s
    )
  );
end
$$;
comment on function public.prepare_gift_batch is
  'An admin writes down who is to get what: everybody that a filter leaves, the same amount each, or who rows [{user, amount}] name by address or id. Nothing is given yet. Returns how many and how much in all, the largest few, and whom no account was found for.';

create function public.run_gift_batch(p_id uuid, p_actor_id uuid, p_limit integer default 200)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'gift_batch.run';
  batch public.gift_batches;
  gift public.gift_batch_rows;
  result jsonb;
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id);
begin
  if refused is not null then
    return refused;
  end if;
  select * into batch from public.gift_batches where id = p_id;
  if batch.id is null then
    return private.refuse(audit_action, null, 'batch_not_found', 'There is no such batch.', '{}', p_actor_id);
  end if;
  -- Two runs at once share the rows. A row is given and noted in one transaction, so that none is given twice.
  for gift in
    select *
    from public.gift_batch_rows
    where batch_id = p_id
    and status = 'waiting'
    order by user_id
    limit p_limit
    for update skip locked
  loop
    result := public.give_credits(
      gift.user_id, gift.amount, batch.reason, p_actor_id, batch.credit_type, batch.expires_at, 'gift_batch:' || p_id
    );
    update public.gift_batch_rows
    set
      status = case when (result ->> 'ok')::boolean then 'given' else 'refused' end,
      code = result ->> 'code'
    where batch_id = p_id
    and user_id = gift.user_id;
  end loop;
  return private.gift_batch_state(p_id) || '{"ok": true}';
end
$$;
comment on function public.run_gift_batch is
  'Gives the next rows of a batch, each once and with its own row in the audit log. Call it again while some are waiting; after a break, too.';

create function public.list_gift_batches(p_limit integer default 10)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.gift_batch_state(b.id) order by b.created_at desc), '[]')
  from (select id, created_at from public.gift_batches order by created_at desc limit least(p_limit, 50)) b
$$;
comment on function public.list_gift_batches is 'The newest batches and how far each has come, for admins.';

alter table public.gift_batches enable row level security;
alter table public.gift_batch_rows enable row level security;

grant execute on function public.prepare_gift_batch, public.run_gift_batch, public.list_gift_batches to service_role;

-- The figures of the business, each defined once. Days are UTC. Read as the caller: row-level security shows admins
-- everybody's rows, and anybody else their own.

create view public.credit_metrics_daily
with (security_invoker = true)
as
select
  t.day,
  t.credit_type,
  coalesce(sum(t.amount) filter (where t.type in ('purchase', 'subscription_grant')), 0) as sold,
  coalesce(sum(t.debt_change - t.amount) filter (where t.type in ('clawback', 'clawback_reversal')), 0) as taken_back,
  coalesce(-sum(t.amount) filter (where t.type = 'deduction'), 0) as charged,
  coalesce(sum(t.amount) filter (where t.type = 'refund'), 0) as refunded,
  coalesce(-sum(t.amount) filter (where t.type in ('deduction', 'refund')), 0) as used,
  coalesce(sum(t.amount) filter (where t.type in ('signup_bonus', 'promotion')), 0) as given,
  coalesce(sum(t.amount) filter (where t.type = 'admin_adjustment'), 0) as adjusted,
  coalesce(-sum(t.amount) filter (where t.type = 'expiry'), 0) as expired,
  coalesce(sum(t.debt_change), 0) as owed,
  sum(t.amount) as change,
  sum(t.transactions)::bigint as transactions,
  coalesce(sum(t.people) filter (where t.type = 'deduction'), 0)::bigint as active_users
from (
  select * from public.credit_days
  union all
  -- Who may not read those of everybody finds none kept, and adds up rows of their own.
  select *
  from public.credit_sums
  where day > coalesce((select max(day) from public.credit_days), '-infinity')
) t
group by t.day, t.credit_type;
comment on view public.credit_metrics_daily is 'What happened to credits on each day, by credit type. A day without any is left out.';
comment on column public.credit_metrics_daily.sold is 'Credits that payments granted, once or by a plan. Neither gifts nor bonuses.';
comment on column public.credit_metrics_daily.taken_back is
  'Credits taken back with a payment that was refunded or disputed, spent ones (which became debt) included, less those returned.';
comment on column public.credit_metrics_daily.charged is 'Credits charged for tools, before any refund.';
comment on column public.credit_metrics_daily.refunded is 'Credits of charges given back that day, whenever they were charged.';
comment on column public.credit_metrics_daily.used is 'Charged less refunded: below zero on a day that gave back more than it charged.';
comment on column public.credit_metrics_daily.given is 'Sign-up bonuses and promotions.';
comment on column public.credit_metrics_daily.adjusted is 'What admins added less what they removed.';
comment on column public.credit_metrics_daily.expired is 'Credits that nobody used before they expired.';
comment on column public.credit_metrics_daily.owed is 'What debts grew by, less what was repaid.';
comment on column public.credit_metrics_daily.change is
  'What all balances together grew by: sold + given + adjusted - used - expired - taken_back + owed.';
comment on column public.credit_metrics_daily.transactions is 'The transaction volume: ledger rows of every type.';
comment on column public.credit_metrics_daily.active_users is 'People who were charged at least once.';

create view public.credit_metrics
with (security_invoker = true)
as
select
  d.credit_type,
  sum(d.sold) as sold,
  sum(d.taken_back) as taken_back,
  sum(d.charged) as charged,
  sum(d.refunded) as refunded,
  sum(d.used) as used,
  sum(d.transactions)::bigint as transactions,
  round(sum(d.used) / nullif(sum(d.active_users), 0), 2) as average_daily_per_user,
  round(sum(d.refunded) / nullif(sum(d.charged), 0), 4) as refund_rate
from public.credit_metrics_daily d
group by d.credit_type;
comment on view public.credit_metrics is 'The same since the beginning, by credit type.';
comment on column public.credit_metrics.average_daily_per_user is
  'Credits used, divided by the days on which each person was charged: what somebody who uses the product uses in a day. Null before the first charge.';
comment on column public.credit_metrics.refund_rate is
  'The refund rate of credits: those given back of those charged, 0 to 1. Null before the first charge.';

create view public.payment_metrics_daily
with (security_invoker = true)
as
select
  (p.charged_at at time zone 'UTC')::date as day,
  p.charged_currency as currency,
  count(*) as payments,
  count(distinct p.user_id) as buyers,
  sum(p.charged_amount) as amount,
  count(*) filter (where p.refunded_amount > 0) as refunded_payments,
  sum(least(p.refunded_amount, p.charged_amount)) as refunded_amount,
  count(*) filter (where p.dispute_status is not null) as disputed_payments,
  count(*) filter (where p.dispute_status in ('lost', 'accepted', 'expired')) as lost_disputes
from public.payments p
where p.status = 'succeeded'
and p.charged_amount > 0
group by 1, 2;
comment on view public.payment_metrics_daily is
  'The payments made on each day, by currency, and what has become of them until now. Trials and other charges of nothing are left out.';
comment on column public.payment_metrics_daily.amount is 'What was charged, tax included, in minor units.';
comment on column public.payment_metrics_daily.refunded_payments is 'Those of which anything was given back, in whole or in part.';
comment on column public.payment_metrics_daily.disputed_payments is 'Those that were ever disputed, however it ended.';
comment on column public.payment_metrics_daily.refunded_amount is 'What was given back of them, in minor units. Disputes are not in it.';

create view public.payment_metrics
with (security_invoker = true)
as
select
  d.currency,
  sum(d.payments)::bigint as payments,
  sum(d.amount) as amount,
  sum(d.refunded_payments)::bigint as refunded_payments,
  sum(d.refunded_amount) as refunded_amount,
  sum(d.lost_disputes)::bigint as lost_disputes,
  round(sum(d.refunded_payments) / nullif(sum(d.payments), 0), 4) as refund_rate,
  round(sum(d.refunded_amount) / nullif(sum(d.amount), 0), 4) as refunded_share
from public.payment_metrics_daily d
group by d.currency;
comment on view public.payment_metrics is 'The same since the beginning, by currency.';
comment on column public.payment_metrics.refund_rate is
  'The refund rate of payments: those of which anything was given back, of all, 0 to 1.';
comment on column public.payment_metrics.refunded_share is 'The money given back of the money charged, 0 to 1.';

create view public.package_metrics
with (security_invoker = true)
as
select
  k.id as package_id,
  k.name,
  k.kind,
  k.credit_type,
  k.active,
  sold.sales,
  sold.recent_sales,
  sold.buyers,
  granted.credits,
  round(sold.refunded::numeric / nullif(sold.sales, 0), 4) as refund_rate,
  rank() over (order by sold.recent_sales desc, sold.sales desc) as popularity
from public.credit_packages k
cross join lateral (
  select
    count(*) as sales,
    count(*) filter (where p.charged_at > now() - interval '30 days') as recent_sales,
    count(distinct p.user_id) as buyers,
    count(*) filter (where p.refunded_amount > 0) as refunded
  from public.payments p
  where p.package_id = k.id
  and p.status = 'succeeded'
  and p.charged_amount > 0
) sold
cross join lateral (
  select coalesce(sum(t.amount), 0) as credits
  from public.credit_transactions t
  where t.id in (
    select p.transaction_id from public.payments p where p.package_id = k.id
    union all
    select period.transaction_id from public.subscription_periods period where period.package_id = k.id
  )
) granted;
comment on view public.package_metrics is 'How each package and plan sells.';
comment on column public.package_metrics.sales is 'Payments for it that succeeded; of a plan, every charge, renewals included.';
comment on column public.package_metrics.recent_sales is 'Those of the last 30 days.';
comment on column public.package_metrics.credits is 'Credits it has granted, whatever was taken back since.';
comment on column public.package_metrics.popularity is
  'Popular packages: 1 is what sold most often in the last 30 days, and of equal ones ever since the beginning.';

grant select on
  public.credit_metrics_daily,
  public.credit_metrics,
  public.payment_metrics_daily,
  public.payment_metrics,
  public.package_metrics
to authenticated, service_role;

-- The figures of the business over some days, against as many days before. Days are UTC.

create function private.paying_subscriptions(p_at timestamptz)
returns table (user_id uuid, currency text, monthly_price numeric)
language sql
stable
set search_path = ''
as $$
  select
    s.user_id,
    coalesce(m.currency, k.currency),
    coalesce(m.amount, k.price) / case k.billing_interval when 'year' then 12.0 else 1 end
  from public.subscription_periods p
  join public.subscriptions s on s.id = p.subscription_id
  join public.credit_packages k on k.id = p.package_id
  left join public.payments m on m.id = p.payment_id
  where p.period_end > p_at
  and p.period_start <= p_at
  and s.surplus is null
  and not (private.subscription_rank(s.status) = 2 and s.status_at <= p_at)
$$;
comment on function private.paying_subscriptions is
  'The plans whose paid period was running at a point in time, with what one month of each is worth, in minor units: at the price it had when the period was paid, or today''s while its charge is not known. Neither trials nor surplus plans.';

create function private.credit_figures(p_before date, p_since date, p_until date)
returns table (figure text, subject text, is_before boolean, amount numeric)
language sql
stable
set search_path = ''
as $$
  with days as materialized (
    select
      d.credit_type,
      case when d.day < p_since then 1 when d.day < p_until then 0 else -1 end as span,
      sum(d.sold) as sold,
      sum(d.given) as given,
      sum(d.adjusted) as adjusted,
      sum(d.used) as used,
      sum(d.expired) as expired,
      sum(d.taken_back) as taken_back,
      sum(d.owed) as owed,
      sum(d.change) as change
    from public.credit_metrics_daily d
    where d.day >= p_before
    group by 1, 2
  )
  select v.figure, d.credit_type, d.span = 1, v.amount
  from days d
  cross join lateral (
    values
      ('sold', d.sold), ('given', d.given), ('adjusted', d.adjusted), ('used', d.used), ('expired', d.expired),
      ('taken_back', d.taken_back), ('owed', d.owed)
  ) as v (figure, amount)
  where d.span >= 0
  union all
  -- Balances are those of now: what they have grown by since the end of a span is taken off.
  select 'outstanding', c.credit_type, ends.is_before, sum(c.balance) - coalesce((
    select sum(d.change)
    from days d
    where d.credit_type = c.credit_type
    and d.span < ends.span
  ), 0)
  from public.credits c
  cross join (values (false, 0), (true, 1)) as ends (is_before, span)
  group by c.credit_type, ends.is_before, ends.span
$$;
comment on function private.credit_figures is 'The part of business_figures about credits, by credit type.';

create function private.plan_figures(p_before timestamptz, p_since timestamptz, p_until timestamptz)
returns table (figure text, subject text, is_before boolean, amount numeric)
language sql
stable
set search_path = ''
as $$
  with at_end as materialized (select * from private.paying_subscriptions(least(p_until, now()))),
  at_start as materialized (select * from private.paying_subscriptions(p_since)),
  at_first as materialized (select * from private.paying_subscriptions(p_before))
  select 'mrr', e.currency, false, round(sum(e.monthly_price)) from at_end e group by e.currency
  union all
  select 'mrr', s.currency, true, round(sum(s.monthly_price)) from at_start s group by s.currency
  union all
  select 'subscribers', '', false, count(distinct e.user_id) from at_end e
  union all
  select 'subscribers', '', true, count(distinct s.user_id) from at_start s
  union all
  select 'first_subscribers', '', false, count(distinct s.user_id) from at_start s
  union all
  select 'first_subscribers', '', true, count(distinct f.user_id) from at_first f
  union all
  select 'churned', '', false, count(distinct s.user_id)
  from at_start s
  where not exists (select from at_end e where e.user_id = s.user_id)
  union all
  select 'churned', '', true, count(distinct f.user_id)
  from at_first f
  where not exists (select from at_start s where s.user_id = f.user_id)
$$;
comment on function private.plan_figures is
  'The part of business_figures about plans: what they are worth a month and who pays for one, at the end of each span; who did at its start (first_subscribers), and of those who does no longer at its end (churned).';

create function private.people_figures(p_before date, p_since date, p_until date)
returns table (figure text, subject text, is_before boolean, amount numeric)
language sql
stable
set search_path = ''
as $$
  with spans (is_before, since, until) as materialized (
    values
      (false, p_since::timestamp at time zone 'UTC', p_until::timestamp at time zone 'UTC'),
      (true, p_before::timestamp at time zone 'UTC', p_since::timestamp at time zone 'UTC')
  ),
  newcomers as materialized (
    select
      s.is_before,
      (select r.created_at from public.runs r where r.user_id = u.id order by r.id limit 1) < s.until as ran,
      exists (
        select from public.payments p
        where p.user_id = u.id and p.status = 'succeeded' and p.charged_amount > 0 and p.charged_at < s.until
      ) as bought
    from spans s
    join public.profiles u on u.created_at >= s.since and u.created_at < s.until
  ),
  sales as materialized (
    select p.user_id, p.package_id, (p.charged_at at time zone 'UTC')::date < p_since as is_before, count(*) as sales
    from public.payments p
    where p.status = 'succeeded'
    and p.charged_amount > 0
    and (p.charged_at at time zone 'UTC')::date >= p_before
    and (p.charged_at at time zone 'UTC')::date < p_until
    group by 1, 2, 3
  )
  select 'signups', '', n.is_before, count(*) from newcomers n group by n.is_before
  union all
  select 'ran', '', n.is_before, count(*) filter (where n.ran) from newcomers n group by n.is_before
  union all
  select 'bought', '', n.is_before, count(*) filter (where n.bought) from newcomers n group by n.is_before
  union all
  select 'buyers', '', s.is_before, count(distinct s.user_id) from sales s group by s.is_before
  union all
  select 'package_sales', s.package_id, s.is_before, sum(s.sales) from sales s group by s.package_id, s.is_before
  union all
  select v.figure, r.tool, r.is_before, v.amount
  from (
    select r.tool, r.created_at < p_since::timestamp at time zone 'UTC' as is_before, count(*) as runs, sum(r.charged) as charged
    from public.runs r
    where r.created_at >= p_before::timestamp at time zone 'UTC'
    and r.created_at < p_until::timestamp at time zone 'UTC'
    group by 1, 2
  ) r
  cross join lateral (values ('tool_runs', r.runs), ('tool_charged', r.charged)) as v (figure, amount)
$$;
comment on function private.people_figures is
  'The part of business_figures about people: who signed up, who of those ran a tool or bought something within the same span, who paid, and which packages and tools they chose.';

create function public.business_figures(p_since date, p_until date)
returns table (figure text, subject text, amount numeric, amount_before numeric)
language sql
stable
security definer
set search_path = ''
as $$
  with bounds as (
    select
      p_since - (p_until - p_since) as before,
      (p_since - (p_until - p_since))::timestamp at time zone 'UTC' as before_at,
      p_since::timestamp at time zone 'UTC' as since_at,
      p_until::timestamp at time zone 'UTC' as until_at
  ),
  figures as (
    select f.* from bounds b, private.credit_figures(b.before, p_since, p_until) f
    union all
    select f.* from bounds b, private.plan_figures(b.before_at, b.since_at, b.until_at) f
    union all
    select f.* from bounds b, private.people_figures(b.before, p_since, p_until) f
    union all
    select v.figure, d.currency, d.day < p_since, v.amount
    from public.payment_metrics_daily d
    cross join lateral (
      values
        ('revenue', d.amount), ('refunded', d.refunded_amount), ('payments', d.payments),
        ('refunded_payments', d.refunded_payments), ('disputed_payments', d.disputed_payments)
    ) as v (figure, amount)
    where d.day >= (select before from bounds)
    and d.day < p_until
  )
  select
    f.figure,
    f.subject,
    coalesce(sum(f.amount) filter (where not f.is_before), 0),
    coalesce(sum(f.amount) filter (where f.is_before), 0)
  from figures f
  group by f.figure, f.subject
  order by f.figure, f.subject
$$;
comment on function public.business_figures is
  'The figures of the days from p_since until before p_until, and of as many days before them. subject is the currency, credit type, package or tool; money is in minor units.';

grant execute on function public.business_figures to service_role;

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
