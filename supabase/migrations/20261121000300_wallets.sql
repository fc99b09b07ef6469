-- 2^53 - 1: the largest integer JavaScript holds exactly. No amount or balance passes it.
create function private.max_amount()
returns bigint
language sql
immutable
set search_path = ''
return 9007199254740991;
comment on function private.max_amount is 'The largest amount and balance: what a JavaScript number holds exactly.';

create table public.credit_types (
  id text primary key constraint credit_types_id_is_a_slug check (id ~ '^[a-z][a-z0-9_]{0,39}$'),
  name text not null,
  signup_bonus bigint not null default 0
    constraint credit_types_signup_bonus_in_range check (signup_bonus between 0 and 1000000),
  created_at timestamptz not null default now()
);
comment on table public.credit_types is 'The kinds of credits this product has.';
comment on column public.credit_types.signup_bonus is 'Credits every new user gets once the e-mail address is confirmed.';

-- The engine itself relies on this one.
insert into public.credit_types (id, name, signup_bonus) values ('general', 'Credits', 100);

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
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (user_id, credit_type),
  -- Constraints are parsed anew by every statement that writes, so it is one and short. Totals pass the bound of a
  -- balance once credits expired; a bigint holds them.
  constraint credits_in_range check (
    least(balance, total_purchased, total_used, debt, low_balance_threshold) >= 0 and balance <= 9007199254740991
  )
);
comment on table public.credits is
  'One wallet per user and credit type. Changed by the functions of the engine alone, one ledger row per change.';
comment on column public.credits.version is
  'Grows by one with every ledger row, and is the seq of the last one: readers drop what is not newer.';
comment on column public.credits.next_expiry_at is
  'When the next credits of this wallet expire; null when none do, and the engine need not look for grants.';
comment on column public.credits.low_balance_threshold is
  'A mail goes out when the balance falls below this; null for none. Kept here, as every charge has this row in hand.';
comment on column public.credits.debt is
  'Credits of payments that were taken back but had been spent. Whatever comes in next repays them first, so a wallet with a debt is empty.';
comment on column public.credits.total_purchased is 'Credits ever bought, once or by subscription.';
comment on column public.credits.total_used is 'Credits spent on tools, less what was refunded.';

create index credits_credit_type_idx on public.credits (credit_type);
create index credits_next_expiry_idx on public.credits (next_expiry_at) where next_expiry_at is not null;

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
  'For a refund: the deduction it gives back. For a clawback or its reversal: the grant of the payment that was taken back.';
comment on column public.credit_transactions.burned_grants is
  'For credits taken: which expiring grants they came from, in order, as [{"grant": id, "amount": credits}]; the rest had no expiry.';
comment on column public.credit_transactions.request_hash is 'What the idempotency key was first used for.';

create function private.is_sound(p_entry public.credit_transactions)
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
  -- Most rows are deductions, and what they do not reach costs them nothing.
  if p_entry.type = 'deduction' then
    return p_entry.amount < 0 and p_entry.reverses is null;
  end if;
  return (p_entry.type in ('refund', 'clawback', 'clawback_reversal')) = (p_entry.reverses is not null)
  and case p_entry.type
    when 'refund' then p_entry.amount > 0
    when 'purchase' then p_entry.amount > 0
    when 'subscription_grant' then p_entry.amount > 0
    when 'signup_bonus' then p_entry.amount > 0
    when 'expiry' then p_entry.amount < 0
    when 'clawback' then p_entry.amount <= 0 and p_entry.debt_change >= 0
    when 'clawback_reversal' then p_entry.amount >= 0 and p_entry.debt_change <= 0
    when 'debt_repayment' then p_entry.amount < 0 and p_entry.debt_change = p_entry.amount
    else p_entry.type = 'admin_adjustment' and p_entry.amount <> 0
  end;
end
$$;
comment on function private.is_sound is
  'Whether a ledger row adds up and its amount, debt and what it reverses fit its type. An unknown type fits nothing.';

-- A function keeps its expressions ready for the session. Written out as constraints, the same rules would be parsed
-- from text by every insert, which was a fifth of a charge.
alter table public.credit_transactions add constraint credit_transactions_row_is_sound
check (private.is_sound(credit_transactions));

create index credit_transactions_reverses_idx on public.credit_transactions (reverses) where reverses is not null;
-- Most rows are deductions; the few others of a long history are found here, at no cost to a charge.
create index credit_transactions_rare_types_idx
on public.credit_transactions (user_id, credit_type, type, seq)
where type <> 'deduction';

-- Everybody's rows of some days, for the audit trail: a map of the table's pages, which costs a charge next to nothing.
create index credit_transactions_days_idx on public.credit_transactions using brin (created_at);

create trigger credit_transactions_append_only
before update or delete on public.credit_transactions
for each row execute function private.refuse_change();

create trigger credit_transactions_no_truncate
before truncate on public.credit_transactions
for each statement execute function private.refuse_change();

alter table public.credit_types enable row level security;
alter table public.credits enable row level security;
alter table public.credit_transactions enable row level security;

create policy "everyone reads the credit types"
on public.credit_types for select to anon, authenticated
using (true);

create policy "people read their own wallets, admins every one"
on public.credits for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

create policy "people read their own ledger, admins every one"
on public.credit_transactions for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.credit_types to anon, authenticated, service_role;
grant select on public.credits, public.credit_transactions to authenticated, service_role;

alter publication supabase_realtime add table public.credits;
