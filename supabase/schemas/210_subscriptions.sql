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
