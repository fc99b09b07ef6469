-- Many changes in one transaction, one statement a step: what deductions and additions that are sent together share. Each
-- entry is answered, refused or posted as it would be if the entries were sent one by one, in their order.

create type private.batch_entry as (
  position bigint,
  user_id uuid,
  credit_type text,
  type text,
  amount bigint,
  action text,
  description text,
  reference_id text,
  reference_type text,
  idempotency_key text,
  request_hash text,
  metadata jsonb,
  expires_at timestamptz,
  priority integer,
  fault text,
  objection text,
  allowance bigint
);
comment on type private.batch_entry is
  'One entry of a batch, its amount signed as in the ledger. fault refuses it before its key is looked up, objection after it; allowance is what the wallet could pay or take in before the batch.';

create type private.batch_outcome as (
  is_posted boolean,
  refusal text,
  allowed bigint,
  earlier_id bigint,
  repeats bigint,
  transaction_id bigint,
  seq bigint,
  balance_before bigint,
  burned_grants jsonb,
  result jsonb
);
comment on type private.batch_outcome is
  'What becomes of the entry at the same place: posted, refused (allowed is what the wallet still could pay or take in), a replay of the ledger row earlier_id or of the entry at position repeats, or done alone already, with this result.';

create function private.refuse_batch(p_audit_action text, p_entries jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  max_entries constant integer := 1000;
begin
  if jsonb_typeof(p_entries) is distinct from 'array' then
    return private.refuse(p_audit_action, null, 'invalid_batch', 'A batch must be a list of entries.');
  end if;
  if jsonb_array_length(p_entries) > max_entries then
    return private.refuse(
      p_audit_action, null, 'batch_too_large',
      format(
        'A batch can have up to %s entries, and this one has %s.',
        to_char(max_entries, 'FM999,999'), to_char(jsonb_array_length(p_entries), 'FM999,999,999')
      )
    );
  end if;
  return null;
end
$$;
comment on function private.refuse_batch is 'The refusal of a whole batch, which is no list or too long; null for one that may go on.';

create function private.lock_wallets(p_entries jsonb)
returns public.credits[]
language plpgsql
set search_path = ''
as $$
begin
  return (
    select array_agg(locked.wallet)
    from (
      select distinct user_id, coalesce(credit_type, 'general') as credit_type
      from jsonb_to_recordset(p_entries) as e (user_id uuid, credit_type text)
      order by 1, 2
    ) named
    cross join lateral (
      select c as wallet
      from public.credits c
      where c.user_id = named.user_id
      and c.credit_type = named.credit_type
      for no key update
    ) locked
  );
end
$$;
comment on function private.lock_wallets is
  'The wallets of a batch, locked until the transaction ends, in the order in which everybody locks several.';

create function private.is_key_bounded(p_idempotency_key text)
returns boolean
language sql
immutable
set search_path = ''
return coalesce(char_length(p_idempotency_key) between 1 and 255, true);
comment on function private.is_key_bounded is 'Whether the ledger can keep an idempotency key; one that is too long must not fail its batch.';

create function private.judge_in_turn(
  p_entries private.batch_entry[],
  p_outcomes private.batch_outcome[],
  p_users uuid[],
  p_over_allowance text
)
returns private.batch_outcome[]
language plpgsql
set search_path = ''
as $$
declare
  outcomes private.batch_outcome[] := p_outcomes;
  entry record;
  outcome private.batch_outcome;
  current_user_id uuid;
  left_by_type jsonb;
  first_by_key jsonb;
  still_allowed bigint;
begin
  for entry in
    select e.*
    from unnest(p_entries, p_outcomes) e
    where array_position(p_users, e.user_id) is not null
    and e.fault is null
    and e.earlier_id is null
    order by e.user_id, e.position
  loop
    if entry.user_id is distinct from current_user_id then
      current_user_id := entry.user_id;
      left_by_type := '{}';
      first_by_key := '{}';
    end if;
    outcome := null;
    outcome.repeats := (first_by_key ->> entry.idempotency_key)::bigint;
    still_allowed := coalesce((left_by_type ->> entry.credit_type)::bigint, entry.allowance);
    if outcome.repeats is not null then
      if p_entries[outcome.repeats].request_hash is distinct from entry.request_hash then
        outcome.refusal := 'idempotency_conflict';
      end if;
    elsif entry.objection is not null then
      outcome.refusal := entry.objection;
    elsif abs(entry.amount) > still_allowed then
      outcome.refusal := p_over_allowance;
      outcome.allowed := still_allowed;
    else
      outcome.is_posted := true;
      left_by_type := left_by_type || jsonb_build_object(entry.credit_type, still_allowed - abs(entry.amount));
      if entry.idempotency_key is not null then
        first_by_key := first_by_key || jsonb_build_object(entry.idempotency_key, entry.position);
      end if;
    end if;
    outcomes[entry.position] := outcome;
  end loop;
  return outcomes;
end
$$;
comment on function private.judge_in_turn is
  'Judges the entries of users one of whose wallets cannot pay or take in all that is asked of it: an entry that is refused leaves what it asked for to later ones, and its key unused.';

create function private.judge_batch(p_entries private.batch_entry[], p_over_allowance text)
returns private.batch_outcome[]
language plpgsql
set search_path = ''
as $$
declare
  outcomes private.batch_outcome[];
  over_allowance uuid[];
begin
  with looked_up as (
    select e.*, earlier.id as earlier_id, earlier.request_hash as earlier_hash
    from unnest(p_entries) e
    -- offset 0 keeps this a look-up by the index for each entry, whatever the planner thinks of the tables.
    left join lateral (
      select t.id, t.request_hash
      from public.credit_transactions t
      where t.user_id = e.user_id
      and t.idempotency_key = e.idempotency_key
      and e.fault is null
      offset 0
    ) earlier on true
  ),
  first_uses as (
    select
      l.*,
      coalesce(l.fault, l.objection) is null and l.earlier_id is null as is_candidate,
      case
        when l.idempotency_key is not null and l.fault is null and l.earlier_id is null then
          min(l.position) filter (where coalesce(l.fault, l.objection) is null and l.earlier_id is null)
            over (partition by l.user_id, l.idempotency_key)
      end as first_position
    from looked_up l
  ),
  asked as (
    select
      f.*,
      f.is_candidate and f.position = coalesce(f.first_position, f.position) as is_posted,
      sum(abs(f.amount)) filter (where f.is_candidate and f.position = coalesce(f.first_position, f.position))
        over (partition by f.user_id, f.credit_type) > f.allowance as is_over
    from first_uses f
  )
  select
    array_agg(
      row(
        a.is_posted,
        case
          when a.fault is not null then a.fault
          when a.earlier_hash is distinct from a.request_hash and a.earlier_id is not null then 'idempotency_conflict'
          when a.position > a.first_position then case
            when p_entries[a.first_position].request_hash is distinct from a.request_hash then 'idempotency_conflict'
          end
          when a.earlier_id is null then a.objection
        end,
        null,
        a.earlier_id,
        case when a.position > a.first_position then a.first_position end,
        null, null, null, null, null
      )::private.batch_outcome
      order by a.position
    ),
    array_agg(distinct a.user_id) filter (where a.is_over)
  into outcomes, over_allowance
  from asked a;
  if over_allowance is null then
    return outcomes;
  end if;
  return private.judge_in_turn(p_entries, outcomes, over_allowance, p_over_allowance);
end
$$;
comment on function private.judge_batch is
  'Looks the keys of a batch up and decides what is posted. Call it with the wallets locked, in a new statement.';
