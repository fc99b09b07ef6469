-- Credits given to many users at once: first written down as who gets what, then given row by row.

create table public.gift_batches (
  id uuid primary key,
  actor_id uuid not null,
  credit_type text not null references public.credit_types (id),
  reason text not null,
  expires_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
comment on table public.gift_batches is
  'What an admin prepared to give to many users. Nothing is given before it is run; one that broke off is run again.';
create index gift_batches_newest_idx on public.gift_batches (created_at desc);
create index gift_batches_credit_type_idx on public.gift_batches (credit_type);

create table public.gift_batch_rows (
  batch_id uuid not null references public.gift_batches (id) on delete cascade,
  user_id uuid not null references public.profiles (id) on delete cascade,
  amount bigint not null constraint gift_batch_rows_amount_in_range check (amount between 1 and 9007199254740991),
  status text not null default 'waiting'
    constraint gift_batch_rows_status_is_known check (status in ('waiting', 'given', 'refused')),
  code text,
  primary key (batch_id, user_id)
);
comment on table public.gift_batch_rows is 'Who gets how much by a batch, once each, and why somebody got nothing.';
create index gift_batch_rows_user_idx on public.gift_batch_rows (user_id);
create index gift_batch_rows_waiting_idx on public.gift_batch_rows (batch_id, user_id) where status = 'waiting';

create function private.gift_batch_state(p_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', b.id,
    'reason', b.reason,
    'credit_type', b.credit_type,
    'expires_at', b.expires_at,
    'created_at', b.created_at,
    'users', count(r.user_id),
    'total', coalesce(sum(r.amount), 0),
    'waiting', count(*) filter (where r.status = 'waiting'),
    'given', count(*) filter (where r.status = 'given'),
    'refused', count(*) filter (where r.status = 'refused')
  )
  from public.gift_batches b
  left join public.gift_batch_rows r on r.batch_id = b.id
  where b.id = p_id
  group by b.id
$$;
comment on function private.gift_batch_state is 'How far a batch has come; null when there is none.';

create function private.find_named_users(p_rows jsonb)
returns table (given text, amount bigint, id uuid)
language sql
stable
set search_path = ''
as $$
  select r ->> 'user', (r ->> 'amount')::bigint, coalesce(by_id.id, by_email.id)
  from jsonb_array_elements(p_rows) r
  left join public.profiles by_id on by_id.id::text = lower(btrim(r ->> 'user')) and by_id.closed_at is null
  left join public.profiles by_email on lower(by_email.email) = lower(btrim(r ->> 'user')) and by_email.closed_at is null
$$;
comment on function private.find_named_users is
  'The open accounts that rows {user, amount} name by an id or an address, and no id for those that name nobody.';

create function public.prepare_gift_batch(
  p_id uuid,
  p_actor_id uuid,
  p_reason text,
  p_credit_type text,
  p_expires_at timestamptz default null,
  p_filter jsonb default null,
  p_amount bigint default null,
  p_rows jsonb default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'gift_batch.prepare';
  max_users constant integer := 5000;
  filtered constant text := 'p.closed_at is null and ' || private.users_where(coalesce(p_filter, '{}'));
  unknown text[];
  refused jsonb;
  problem text[];
begin
  refused := coalesce(
    private.refuse_unless_admin(audit_action, null, p_actor_id),
    private.refuse_without_reason(audit_action, null, p_reason, p_actor_id)
  );
  if refused is not null then
    return refused;
  end if;
  problem := case
    when exists (select from public.gift_batches where id = p_id)
      then array['batch_exists', 'This batch was prepared already. Begin anew.']
    when not exists (select from public.credit_types where id = p_credit_type)
      then array['unknown_credit_type', 'There is no such credit type.']
    when p_expires_at <= clock_timestamp()
      then array['already_expired', 'These credits would be expired when they arrive.']
    when p_rows is null and coalesce(p_amount, 0) not between 1 and private.max_amount()
      then array['invalid_amount', 'The amount must be a positive whole number of credits.']
    when coalesce(jsonb_array_length(p_rows), private.count_users(p_filter, filtered)) > max_users
      then array['too_many_users', format('A batch may have %s users at most.', max_users)]
    when p_rows is not null
      then (
        select array['duplicate_user', format('%s is named more than once.', min(n.given))]
        from private.find_named_users(p_rows) n
        where n.id is not null
        group by n.id
        having count(*) > 1
        limit 1
      )
  end;
  if problem is not null then
    return private.refuse(audit_action, null, problem[1], problem[2], '{}', p_actor_id);
  end if;

  insert into public.gift_batches (id, actor_id, credit_type, reason, expires_at)
  values (p_id, p_actor_id, p_credit_type, btrim(p_reason), p_expires_at);
  if p_rows is not null then
    with named as materialized (
      select * from private.find_named_users(p_rows)
    ),
    known as (
      insert into public.gift_batch_rows (batch_id, user_id, amount)
      select p_id, n.id, n.amount from named n where n.id is not null
    )
    select array_agg(n.given) into unknown from named n where n.id is null;
  else
    execute format(
      'insert into public.gift_batch_rows (batch_id, user_id, amount)
      select $2, p.id, $3
      from public.profiles p
      left join public.credits w on w.user_id = p.id and w.credit_type = $1 ->> ''credit_type''
      where %s',
      filtered
    )
    using p_filter, p_id, p_amount;
  end if;
  return private.gift_batch_state(p_id) || jsonb_build_object(
    'ok', true,
    'unknown', coalesce(cardinality(unknown), 0),
    'unknown_sample', to_jsonb(coalesce(unknown[1:10], '{}')),
    'sample', (
      select coalesce(jsonb_agg(jsonb_build_object('email', s.email, 'amount', s.amount)), '[]')
      from (
        select p.email, r.amount
        from public.gift_batch_rows r
        join public.profiles p on p.id = r.user_id
        where r.batch_id = p_id
        order by r.amount desc, p.email
        limit 10
      ) s
    )
  );
end
$$;
comment on function public.prepare_gift_batch is
  'An admin writes down who is to get what: everybody that a filter leaves, the same amount each, or who rows [{user, amount}] name by address or id. Nothing is given yet. Returns how many and how much in all, the largest few, and whom no account was found for.';

create function public.run_gift_batch(p_id uuid, p_actor_id uuid, p_limit integer default 200)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'gift_batch.run';
  batch public.gift_batches;
  gift public.gift_batch_rows;
  result jsonb;
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id);
begin
  if refused is not null then
    return refused;
  end if;
  select * into batch from public.gift_batches where id = p_id;
  if batch.id is null then
    return private.refuse(audit_action, null, 'batch_not_found', 'There is no such batch.', '{}', p_actor_id);
  end if;
  -- Two runs at once share the rows. A row is given and noted in one transaction, so that none is given twice.
  for gift in
    select *
    from public.gift_batch_rows
    where batch_id = p_id
    and status = 'waiting'
    order by user_id
    limit p_limit
    for update skip locked
  loop
    result := public.give_credits(
      gift.user_id, gift.amount, batch.reason, p_actor_id, batch.credit_type, batch.expires_at, 'gift_batch:' || p_id
    );
    update public.gift_batch_rows
    set
      status = case when (result ->> 'ok')::boolean then 'given' else 'refused' end,
      code = result ->> 'code'
    where batch_id = p_id
    and user_id = gift.user_id;
  end loop;
  return private.gift_batch_state(p_id) || '{"ok": true}';
end
$$;
comment on function public.run_gift_batch is
  'Gives the next rows of a batch, each once and with its own row in the audit log. Call it again while some are waiting; after a break, too.';

create function public.list_gift_batches(p_limit integer default 10)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.gift_batch_state(b.id) order by b.created_at desc), '[]')
  from (select id, created_at from public.gift_batches order by created_at desc limit least(p_limit, 50)) b
$$;
comment on function public.list_gift_batches is 'The newest batches and how far each has come, for admins.';

alter table public.gift_batches enable row level security;
alter table public.gift_batch_rows enable row level security;

grant execute on function public.prepare_gift_batch, public.run_gift_batch, public.list_gift_batches to service_role;
