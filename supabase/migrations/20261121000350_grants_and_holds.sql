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
  'Lots of credits that expire. They are spent before credits that do not: by priority (lower first), then soonest expiry, then oldest.';
comment on column public.credit_grants.remaining is 'Credits of the lot neither spent nor expired.';

create index credit_grants_burn_order_idx
on public.credit_grants (user_id, credit_type, priority, expires_at, id)
where remaining > 0;

create table public.credit_holds (
  transaction_id bigint primary key references public.credit_transactions (id),
  user_id uuid not null,
  credit_type text not null,
  action text not null,
  amount bigint not null constraint credit_holds_amount_positive check (amount > 0),
  settled_amount bigint,
  status text not null default 'open',
  reason text,
  result jsonb,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz,
  constraint credit_holds_status_is_known check (status in ('open', 'settled', 'released', 'expired')),
  constraint credit_holds_settled_in_range check (settled_amount between 0 and amount),
  constraint credit_holds_settled_has_amount check ((status = 'settled') = (settled_amount is not null)),
  constraint credit_holds_finished_has_time check ((status = 'open') = (finished_at is null)),
  constraint credit_holds_result_is_bounded check (pg_column_size(result) <= 1048576),
  constraint credit_holds_wallet_exists
    foreign key (user_id, credit_type) references public.credits (user_id, credit_type) on delete restrict
);
comment on table public.credit_holds is
  'Runs of tools: credits taken before the run, kept (settled) or given back (released; expired when the process died).';
comment on column public.credit_holds.transaction_id is 'The deduction this hold stands for; also its name.';
comment on column public.credit_holds.result is 'What the run answered, so that a repeated request gets the same again.';

create index credit_holds_open_idx on public.credit_holds (expires_at) where status = 'open';
create index credit_holds_wallet_idx on public.credit_holds (user_id, credit_type, transaction_id desc);

create table private.rate_limits (
  user_id uuid not null,
  action text not null,
  next_free_at timestamptz not null,
  refused bigint not null default 0,
  primary key (user_id, action)
);
comment on table private.rate_limits is
  'One row per user and action, by the generic cell rate algorithm (ITU-T I.371): when the allowance would be whole again, and how many calls were refused.';

create index rate_limits_next_free_idx on private.rate_limits (next_free_at);

alter table public.credit_grants enable row level security;
alter table public.credit_holds enable row level security;
alter table private.rate_limits enable row level security;

create policy "people read their own grants, admins every one"
on public.credit_grants for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

create policy "people read their own holds, admins every one"
on public.credit_holds for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.credit_grants, public.credit_holds to authenticated, service_role;
