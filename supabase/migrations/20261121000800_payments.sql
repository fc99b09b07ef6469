create table public.credit_packages (
  id text primary key constraint credit_packages_id_is_a_slug check (id ~ '^[a-z][a-z0-9_-]{0,39}$'),
  name text not null,
  description text not null default '',
  credits bigint not null constraint credit_packages_credits_in_range check (credits between 1 and 1000000000),
  credit_type text not null default 'general' references public.credit_types (id),
  price bigint not null constraint credit_packages_price_not_negative check (price >= 0),
  currency text not null default 'USD' constraint credit_packages_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  dodo_product_id text unique,
  popular boolean not null default false,
  active boolean not null default true,
  sort_order integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on table public.credit_packages is 'What is for sale. The one source of prices.';
comment on column public.credit_packages.price is 'In minor units of the currency.';

create index credit_packages_credit_type_idx on public.credit_packages (credit_type);

create trigger credit_packages_touch_updated_at
before update on public.credit_packages
for each row execute function private.touch_updated_at();

create table public.payments (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references public.profiles (id) on delete restrict,
  package_id text not null references public.credit_packages (id),
  credit_type text not null references public.credit_types (id),
  credits bigint not null constraint payments_credits_positive check (credits > 0),
  amount bigint not null,
  currency text not null,
  provider_product_id text not null,
  checkout_session_id text not null,
  provider_payment_id text,
  status text not null default 'pending',
  charged_amount bigint,
  charged_currency text,
  failure_reason text,
  transaction_id bigint references public.credit_transactions (id),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  paid_at timestamptz,
  constraint payments_provider_payment_is_unique unique (provider_payment_id),
  constraint payments_status_is_known check (status in ('pending', 'processing', 'succeeded', 'failed', 'cancelled')),
  constraint payments_success_is_granted check ((status = 'succeeded') = (transaction_id is not null))
);
comment on table public.payments is
  'Money in. Written as pending before the browser leaves for the checkout; what it grants is fixed at that moment.';
comment on column public.payments.amount is 'The price at checkout, in minor units of the currency.';
comment on column public.payments.charged_amount is
  'What the buyer paid, tax included, in minor units of charged_currency. Credits never follow from it.';

create index payments_user_idx on public.payments (user_id, created_at desc);
create index payments_session_idx on public.payments (checkout_session_id, created_at);
create index payments_package_idx on public.payments (package_id);
create index payments_credit_type_idx on public.payments (credit_type);
create index payments_transaction_idx on public.payments (transaction_id);

create trigger payments_touch_updated_at
before update on public.payments
for each row execute function private.touch_updated_at();

create table public.webhook_events (
  id text primary key constraint webhook_events_id_is_bounded check (char_length(id) between 1 and 255),
  type text not null,
  payload jsonb not null,
  status text not null default 'received',
  attempts integer not null default 1,
  error text,
  received_at timestamptz not null default clock_timestamp(),
  processed_at timestamptz,
  constraint webhook_events_status_is_known check (status in ('received', 'processed', 'ignored', 'failed'))
);
comment on table public.webhook_events is 'The inbox of verified deliveries, by webhook-id. Kept whatever becomes of them.';

create index webhook_events_received_idx on public.webhook_events (received_at desc);

alter table public.credit_packages enable row level security;
alter table public.payments enable row level security;
alter table public.webhook_events enable row level security;

create policy "visitors read what is for sale"
on public.credit_packages for select to anon
using (active);

create policy "people read what is for sale, admins everything"
on public.credit_packages for select to authenticated
using (active or (select private.is_admin()));

create policy "people read their own payments, admins every one"
on public.payments for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

create policy "admins read the inbox"
on public.webhook_events for select to authenticated
using ((select private.is_admin()));

grant select on public.credit_packages to anon, authenticated;
grant select, insert, update, delete on public.credit_packages to service_role;
grant select on public.payments, public.webhook_events to authenticated, service_role;

alter publication supabase_realtime add table public.payments;
