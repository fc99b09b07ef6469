-- The mails about credits that are about to expire.

create function public.queue_expiring_mails(p_limit integer default 1000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  notice constant interval := '7 days';
  due record;
  queued integer := 0;
begin
  for due in
    with expiring as (
      select
        g.user_id,
        g.credit_type,
        format('expiring_credits:%s:%s:%s', g.user_id, g.credit_type, (min(g.expires_at) at time zone 'utc')::date) as key,
        sum(g.remaining) as amount,
        min(g.expires_at) as expires_at
      from public.credits c
      join public.credit_grants g using (user_id, credit_type)
      where c.next_expiry_at <= clock_timestamp() + notice
      and g.remaining > 0
      and g.expires_at between clock_timestamp() and clock_timestamp() + notice
      group by g.user_id, g.credit_type, (g.expires_at at time zone 'utc')::date
      -- Credits of a week are not told of as soon as they are there.
      having bool_or(clock_timestamp() >= g.created_at + (g.expires_at - g.created_at) / 2)
    )
    select e.*
    from expiring e
    join public.profiles p on p.id = e.user_id
    where p.closed_at is null
    and private.is_wanted(p, 'expiring_credits')
    and not exists (select from public.mails where business_key = e.key)
    order by e.expires_at, e.key
    limit p_limit
  loop
    perform private.queue_mail(
      due.user_id, 'expiring_credits', due.key,
      jsonb_build_object('amount', due.amount, 'credit_type', due.credit_type, 'expires_at', due.expires_at)
    );
    queued := queued + 1;
  end loop;
  return private.end_job('queue-expiring-mails', jsonb_build_object('ok', true, 'queued', queued));
end
$$;
comment on function public.queue_expiring_mails is
  'A daily job: emails whoever has credits that expire within a week, once for each wallet and day of expiry (in UTC), when at least half of their life is over.';

grant execute on function public.queue_expiring_mails to service_role;
