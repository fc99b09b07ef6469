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
