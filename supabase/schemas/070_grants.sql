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
