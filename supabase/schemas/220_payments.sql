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
