create table public.payments (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete restrict,
  package_id text not null references public.credit_packages (id),
  subscription_id uuid references public.subscriptions (id),
  credit_type text not null references public.credit_types (id),
  credits bigint not null constraint payments_credits_positive check (credits > 0),
  amount bigint not null,
  currency text not null,
  provider_product_id text,
  checkout_session_id text,
  provider_payment_id text,
  status text not null default 'pending',
  charged_amount bigint,
  charged_currency text,
  charged_at timestamptz,
  failure_reason text,
  transaction_id bigint references public.credit_transactions (id),
  refunded_amount bigint not null default 0,
  dispute_status text,
  checked_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  paid_at timestamptz,
  constraint payments_provider_payment_is_unique unique (provider_payment_id),
  constraint payments_have_a_source check (checkout_session_id is not null or subscription_id is not null),
  constraint payments_status_is_known check (status in ('pending', 'processing', 'succeeded', 'failed', 'cancelled')),
  constraint payments_purchases_are_granted
    check ((status = 'succeeded' and subscription_id is null) = (transaction_id is not null))
);
comment on table public.payments is
  'Money in. Written as pending before the browser leaves for the checkout; what a purchase grants is fixed at that moment.';
comment on column public.payments.subscription_id is
  'Of a charge of a subscription, which grants nothing itself: its period does (subscription_periods).';
comment on column public.payments.amount is 'The price at checkout, in minor units of the currency.';
comment on column public.payments.charged_amount is
  'What the buyer paid, tax included, in minor units of charged_currency. Credits never follow from it.';
comment on column public.payments.charged_at is 'When the provider made the payment, by its own clock.';
comment on column public.payments.refunded_amount is 'What went back so far, in minor units of charged_currency.';
comment on column public.payments.dispute_status is 'How its latest dispute stands, if there is one.';
comment on column public.payments.checked_at is 'When the provider was last asked about it because a delivery was late.';

create index payments_user_idx on public.payments (user_id, created_at desc);
create index payments_session_idx on public.payments (checkout_session_id, created_at);
create index payments_subscription_idx
on public.payments (subscription_id, charged_at)
where subscription_id is not null;
create index payments_newest_idx on public.payments (created_at desc);
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
  primary key (subscription_id, period_start)
);
comment on table public.subscription_periods is 'The periods that were paid. Each grants its credits once, however often it is told of.';
comment on column public.subscription_periods.payment_id is 'The charge that paid for it, once both are known.';

create index subscription_periods_payment_idx on public.subscription_periods (payment_id) where payment_id is not null;
create index subscription_periods_package_idx on public.subscription_periods (package_id);

create table public.payment_refunds (
  id uuid primary key default gen_random_uuid(),
  payment_id uuid not null references public.payments (id),
  provider_refund_id text unique,
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
  constraint payment_refunds_status_is_known check (
    status in ('requested', 'pending', 'review', 'failed', 'succeeded')
  )
);
comment on table public.payment_refunds is
  'Money back. A row of ours comes before the provider is asked (requested), so a repeated click asks once.';
comment on column public.payment_refunds.amount is
  'In minor units of the currency the buyer was charged in; null until the provider tells, for a refund of all that is left.';
comment on column public.payment_refunds.whole is 'Whether it gave the whole payment back, whatever the amounts say after conversion.';

create index payment_refunds_payment_idx on public.payment_refunds (payment_id);

create trigger payment_refunds_touch_updated_at
before update on public.payment_refunds
for each row execute function private.touch_updated_at();

create table public.payment_disputes (
  id uuid primary key default gen_random_uuid(),
  payment_id uuid not null references public.payments (id),
  provider_dispute_id text not null unique,
  status text not null,
  status_at timestamptz not null,
  amount bigint not null,
  currency text not null,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  constraint payment_disputes_status_is_known check (
    status in ('opened', 'challenged', 'won', 'cancelled', 'lost', 'accepted', 'expired')
  )
);
comment on table public.payment_disputes is
  'Payments a buyer disputes. While one is open, and when it is lost, the credits it bought are taken back; a won one returns them.';

create index payment_disputes_payment_idx on public.payment_disputes (payment_id);

create trigger payment_disputes_touch_updated_at
before update on public.payment_disputes
for each row execute function private.touch_updated_at();

alter table public.payments enable row level security;
alter table public.subscription_periods enable row level security;
alter table public.payment_refunds enable row level security;
alter table public.payment_disputes enable row level security;

create policy "people read their own payments, admins every one"
on public.payments for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

create policy "admins read the periods"
on public.subscription_periods for select to authenticated
using ((select private.is_admin()));

create policy "admins read the refunds"
on public.payment_refunds for select to authenticated
using ((select private.is_admin()));

create policy "admins read the disputes"
on public.payment_disputes for select to authenticated
using ((select private.is_admin()));

grant select on public.payments, public.subscription_periods, public.payment_refunds, public.payment_disputes
to authenticated, service_role;

alter publication supabase_realtime add table public.payments;
