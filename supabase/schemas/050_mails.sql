-- The product's own mails. A function that moves money queues its mail in the same transaction, so a mail exists
-- exactly when its cause was committed. The server sends what is due and retries what could not be sent.

create table public.mails (
  id bigint generated always as identity primary key,
  user_id uuid not null references public.profiles (id) on delete cascade,
  kind text not null,
  business_key text not null,
  data jsonb not null,
  status text not null default 'waiting',
  attempts integer not null default 0,
  error text,
  next_attempt_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  constraint mails_kind_is_known check (kind in ('receipt', 'refund', 'renewal_failed', 'low_balance', 'key_budget')),
  constraint mails_business_key_is_unique unique (business_key),
  constraint mails_business_key_is_bounded check (char_length(business_key) between 1 and 255),
  constraint mails_status_is_known check (status in ('waiting', 'sent', 'failed')),
  constraint mails_sent_has_time check ((status = 'sent') = (sent_at is not null))
);
comment on table public.mails is 'The outbox: one row per mail, by what it is about. Kept once sent.';
comment on column public.mails.business_key is 'What the mail is about, such as receipt:<payment>, so nobody gets it twice.';
comment on column public.mails.data is 'The values of the mail, as of when it was queued. Its text is written when it is sent.';
comment on column public.mails.next_attempt_at is 'When it is due. claim_mails moves it on before the mail is sent.';

insert into private.personal_data (table_name, owned_by, columns)
values ('mails', 'user_id = $1', '{"data": [], "error": null}');

create index mails_due_idx on public.mails (next_attempt_at) where status = 'waiting';
create index mails_user_idx on public.mails (user_id, created_at desc);

create function private.queue_mail(p_user_id uuid, p_kind text, p_key text, p_data jsonb)
returns void
language sql
set search_path = ''
as $$
  insert into public.mails (user_id, kind, business_key, data)
  select p_user_id, p_kind, p_key, p_data
  where not private.is_closed(p_user_id)
  on conflict (business_key) do nothing
$$;
comment on function private.queue_mail is
  'Queues a mail, once per key, unless the account is closed. Call it in the transaction that causes the mail.';

create function private.queue_low_balance_mail(p_wallet public.credits, p_balance bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_balance >= p_wallet.low_balance_threshold then
    -- Back above before the mail went out, as when a failed run is refunded: nothing to report.
    delete from public.mails
    where user_id = p_wallet.user_id
    and kind = 'low_balance'
    and data ->> 'credit_type' = p_wallet.credit_type
    and status = 'waiting'
    and attempts = 0;
  elsif not exists (
    select from public.mails
    where user_id = p_wallet.user_id
    and kind = 'low_balance'
    and data ->> 'credit_type' = p_wallet.credit_type
    and created_at > clock_timestamp() - interval '1 day'
  ) then
    perform private.queue_mail(
      p_wallet.user_id,
      'low_balance',
      format('low_balance:%s:%s:%s', p_wallet.user_id, p_wallet.credit_type, p_wallet.version + 1),
      jsonb_build_object(
        'balance', p_balance,
        'threshold', p_wallet.low_balance_threshold,
        'credit_type', p_wallet.credit_type
      )
    );
  end if;
end
$$;
comment on function private.queue_low_balance_mail is
  'Called when the balance of a locked wallet (p_wallet, as it was before) crosses its threshold. Down: emails the user, at most once a day, which the lock guarantees for concurrent charges too. Up: deletes the mail if it is still unsent.';

create function public.set_low_balance_threshold(
  p_user_id uuid,
  p_threshold bigint default null,
  p_credit_type text default 'general'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.set_threshold';
  refused jsonb;
begin
  if p_threshold not between 0 and private.max_amount() then
    return private.refuse(
      audit_action, p_user_id, 'invalid_amount', 'The threshold must be zero or more credits, or none for no mail.'
    );
  end if;
  refused := private.open_wallet(p_user_id, p_credit_type, audit_action);
  if refused is not null then
    return refused;
  end if;
  update public.credits
  set low_balance_threshold = p_threshold
  where user_id = p_user_id
  and credit_type = p_credit_type;
  return jsonb_build_object('ok', true, 'threshold', p_threshold);
end
$$;
comment on function public.set_low_balance_threshold is
  'Sets the balance of a wallet below which its owner is emailed; null for never.';

create function public.claim_mails(p_limit integer default 20)
returns table (id bigint, kind text, data jsonb, email text, name text)
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Pauses between attempts. The first is also how long a process has to send what it claimed.
  pauses constant interval[] := array['1 minute', '5 minutes', '30 minutes', '2 hours', '6 hours', '12 hours', '1 day'];
begin
  return query
  with due as (
    select m.id
    from public.mails m
    where m.status = 'waiting'
    and m.next_attempt_at <= clock_timestamp()
    order by m.next_attempt_at
    limit p_limit
    for update skip locked
  ),
  claimed as (
    update public.mails m
    set
      attempts = m.attempts + 1,
      next_attempt_at = clock_timestamp() + pauses[least(m.attempts + 1, cardinality(pauses))]
    from due
    where m.id = due.id
    returning m.id, m.kind, m.data, m.user_id
  )
  select c.id, c.kind, c.data, p.email, p.name
  from claimed c
  join public.profiles p on p.id = c.user_id
  order by c.id;
end
$$;
comment on function public.claim_mails is
  'Claims mails that are due, each for one caller. A mail is due again, later each time, until finish_mail ends it, so a process that dies loses none.';

create function public.finish_mail(p_id bigint, p_error text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  max_attempts constant integer := 8;
  new_status text;
begin
  update public.mails
  set
    status = case when p_error is null then 'sent' when attempts >= max_attempts then 'failed' else status end,
    error = left(p_error, 2000),
    sent_at = case when p_error is null then clock_timestamp() end
  where id = p_id
  and status <> 'sent'
  returning status into new_status;
  return jsonb_build_object('ok', true, 'changed', found, 'status', new_status);
end
$$;
comment on function public.finish_mail is
  'Records that a claimed mail was sent, or why not: it is retried, and after the eighth attempt it has failed.';

alter table public.mails enable row level security;

create policy "admins read the mails"
on public.mails for select to authenticated
using ((select private.is_admin()));

grant select on public.mails to authenticated, service_role;
grant execute on function public.set_low_balance_threshold, public.claim_mails, public.finish_mail to service_role;
