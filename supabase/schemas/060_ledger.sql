-- The append-only ledger: one row per change of a balance.

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
  'For a refund: the deduction it gives back. For a clawback or its reversal: the granting transaction of the payment that was taken back.';
comment on column public.credit_transactions.burned_grants is
  'For credits taken: which expiring grants they came from, in order, as [{"grant": id, "amount": credits}]; the rest had no expiry.';
comment on column public.credit_transactions.request_hash is 'What the idempotency key was first used for.';

insert into private.personal_data (table_name, owned_by, columns)
values (
  'credit_transactions',
  'user_id = $1',
  '{"description": null, "metadata": ["price", "prices", "tier", "rule", "continues", "restored_to_grant"]}'
);

create index credit_transactions_reverses_idx on public.credit_transactions (reverses) where reverses is not null;

-- Most rows are deductions. This finds the few others of a long history and costs a charge nothing.
create index credit_transactions_rare_types_idx
on public.credit_transactions (user_id, credit_type, type, seq)
where type <> 'deduction';

-- For the audit trail, newest first. It grows at its end alone, which costs a charge about a microsecond.
create index credit_transactions_newest_idx on public.credit_transactions (created_at, id);
-- For the figures of some days, which are those of UTC. A BRIN index costs a charge next to nothing.
create index credit_transactions_utc_days_idx
on public.credit_transactions using brin (((created_at at time zone 'UTC')::date));

create trigger credit_transactions_append_only
before update or delete on public.credit_transactions
for each row execute function private.refuse_change();

create trigger credit_transactions_no_truncate
before truncate on public.credit_transactions
for each statement execute function private.refuse_change();

create function private.is_valid_entry(p_entry public.credit_transactions)
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
  -- First, because most rows are deductions.
  if p_entry.type = 'deduction' then
    return p_entry.amount < 0 and p_entry.reverses is null;
  end if;
  return (p_entry.type in ('refund', 'clawback', 'clawback_reversal')) = (p_entry.reverses is not null)
  and case p_entry.type
    when 'refund' then p_entry.amount > 0
    when 'purchase' then p_entry.amount > 0
    when 'subscription_grant' then p_entry.amount > 0
    when 'signup_bonus' then p_entry.amount > 0
    when 'promotion' then p_entry.amount > 0
    when 'expiry' then p_entry.amount < 0
    when 'clawback' then p_entry.amount <= 0 and p_entry.debt_change >= 0
    when 'clawback_reversal' then p_entry.amount >= 0 and p_entry.debt_change <= 0
    when 'debt_repayment' then p_entry.amount < 0 and p_entry.debt_change = p_entry.amount
    else p_entry.type = 'admin_adjustment' and p_entry.amount <> 0
  end;
end
$$;
comment on function private.is_valid_entry is
  'Whether a ledger row adds up and its amount, debt and what it reverses fit its type. An unknown type fits nothing.';

create function private.transaction_result(p_entry public.credit_transactions, p_replayed boolean)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'ok', true,
    'transaction_id', p_entry.id,
    'credit_type', p_entry.credit_type,
    'amount', p_entry.amount,
    'balance', p_entry.balance_after,
    'version', p_entry.seq,
    'replayed', p_replayed
  );
end
$$;
comment on function private.transaction_result is
  'The result of a change: {ok: true, transaction_id, credit_type, amount, balance, version, replayed}, as of that ledger row.';

create function private.find_replay(p_user_id uuid, p_idempotency_key text, p_request_hash text, p_audit_action text)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  earlier public.credit_transactions;
begin
  select * into earlier
  from public.credit_transactions
  where user_id = p_user_id
  and idempotency_key = p_idempotency_key;
  if not found then
    return null;
  end if;
  if earlier.request_hash is distinct from p_request_hash then
    return private.refuse(
      p_audit_action, p_user_id, 'idempotency_conflict', 'This idempotency key was already used for another request.'
    );
  end if;
  return private.transaction_result(earlier, true);
end
$$;
comment on function private.find_replay is
  'The first result of a used idempotency key, or a conflict if the request differs; null if the key is new. Call it with the wallet locked.';

create function private.refuse_insufficient(
  p_audit_action text,
  p_user_id uuid,
  p_credit_type text,
  p_balance bigint,
  p_required bigint
)
returns jsonb
language sql
set search_path = ''
as $$
  select private.refuse(
    p_audit_action,
    p_user_id,
    'insufficient_credits',
    format('This takes %s credits, and the balance is %s.', p_required, p_balance),
    jsonb_build_object(
      'balance', p_balance,
      'required', p_required,
      'shortfall', p_required - p_balance,
      'credit_type', p_credit_type
    )
  )
$$;
comment on function private.refuse_insufficient is 'The refusal of a charge the wallet cannot pay, with the wallet and the shortfall.';

create function private.refunded(p_transaction_id bigint)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(amount), 0) from public.credit_transactions where reverses = p_transaction_id
$$;
comment on function private.refunded is 'Credits of a deduction that were given back so far.';

-- A function keeps its expressions parsed for the session. As plain constraints, the same rules would be parsed by every
-- insert, which took a fifth of a charge.
alter table public.credit_transactions add constraint credit_transactions_entry_is_valid
check (private.is_valid_entry(credit_transactions));

alter table public.credit_transactions enable row level security;

create policy "people read their own ledger, admins every one"
on public.credit_transactions for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.credit_transactions to authenticated, service_role;
