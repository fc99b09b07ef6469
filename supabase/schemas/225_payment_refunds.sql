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
