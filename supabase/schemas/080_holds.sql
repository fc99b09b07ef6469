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
