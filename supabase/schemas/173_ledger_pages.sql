-- The ledger as its owner looks through it: searched, counted, and with refunds under the charges they give back.

create function public.ledger_page(
  p_user_id uuid,
  p_credit_type text default 'general',
  p_types text[] default null,
  p_action text default null,
  p_words text[] default null,
  p_from timestamptz default null,
  p_to timestamptz default null,
  p_until_seq bigint default null,
  p_before_seq bigint default null,
  p_after_seq bigint default null,
  p_limit integer default 25
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  max_rows constant integer := 10000;
  page_size constant integer := least(greatest(p_limit, 1), 100);
  -- Rare types have their own index, which finds them without passing the deductions.
  is_rare constant boolean := coalesce(not 'deduction' = any (p_types), false);
  patterns constant text[] := (select array_agg(private.like_pattern(lower(word))) from unnest(p_words) word);
  first_seq bigint := 1;
  end_seq bigint;
  lowest_seq bigint;
begin
  select least(version + 1, p_until_seq) into end_seq
  from public.credits
  where user_id = p_user_id
  and credit_type = p_credit_type;
  if p_from is not null then
    first_seq := private.first_seq_since(p_user_id, p_credit_type, p_from);
  end if;
  if p_to is not null then
    end_seq := least(end_seq, private.first_seq_since(p_user_id, p_credit_type, p_to));
  end if;
  lowest_seq := case when is_rare then first_seq else greatest(first_seq, end_seq - max_rows) end;
  return (
    with examined as materialized (
      select t.id, t.seq, t.type, t.reverses, t.action, t.description
      from public.credit_transactions t
      where not is_rare
      and t.user_id = p_user_id
      and t.credit_type = p_credit_type
      and t.seq >= lowest_seq
      and t.seq < end_seq
      union all
      (
        select r.id, r.seq, r.type, r.reverses, r.action, r.description
        from (select distinct unnest(p_types) as type where is_rare) wanted
        cross join lateral (
          select *
          from public.credit_transactions e
          where e.user_id = p_user_id
          and e.credit_type = p_credit_type
          and e.type = wanted.type
          and e.type <> 'deduction'
          and e.seq >= lowest_seq
          and e.seq < end_seq
          order by e.seq desc
          limit max_rows
        ) r
        order by r.seq desc
        limit max_rows
      )
    ),
    reached as (
      select case
        when is_rare and count(*) < max_rows then first_seq
        when is_rare then min(seq)
        else lowest_seq
      end as seq
      from examined
    ),
    matching as materialized (
      select id, seq, type, reverses
      from examined
      where (p_types is null or type = any (p_types))
      and (p_action is null or action = p_action)
      and (patterns is null or lower(concat_ws(' ', description, action)) like all (patterns))
    ),
    entries as materialized (
      select id, seq, row_number() over (order by seq desc) as position
      from matching m
      where m.type <> 'refund'
      or not exists (select from matching charge where charge.id = m.reverses)
    ),
    start as (
      select case
        when p_after_seq is not null then greatest(count(*) filter (where seq > p_after_seq) - page_size, 0)
        when p_before_seq is not null then count(*) filter (where seq >= p_before_seq)
        else 0
      end as skipped
      from entries
    )
    select jsonb_build_object(
      'total', (select count(*) from entries),
      'skipped', (select skipped from start),
      'earlier', (select seq from reached where seq > first_seq),
      'rows', coalesce((
        select jsonb_agg(
          to_jsonb(t) || jsonb_build_object('refunds', coalesce((
            select jsonb_agg(to_jsonb(r) order by r.seq)
            from public.credit_transactions r
            where r.reverses = t.id
            and r.type = 'refund'
          ), '[]'))
          order by t.seq desc
        )
        from entries e
        join public.credit_transactions t on t.id = e.id
        where e.position > (select skipped from start)
        and e.position <= (select skipped + page_size from start)
      ), '[]')
    )
  );
end
$$;
comment on function public.ledger_page is
  'A page of a wallet''s ledger, newest first, from p_from (inclusive) to p_to (exclusive) and before p_until_seq, just below p_before_seq or just above p_after_seq: {rows, total, skipped, earlier}. Refunds stand in their charge''s "refunds" where that is listed, else as rows. Looks at 10,000 rows at most: "earlier" is the p_until_seq that goes on, null when all was seen. All of p_words have to be in the description or the action. Runs with the caller''s own rights.';

grant execute on function public.ledger_page to authenticated, service_role;
