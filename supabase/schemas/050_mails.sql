-- The product's own mails. A function that moves money queues its mail in the same transaction, so a mail exists
-- exactly when its cause was committed. The server sends what is due and retries what could not be sent.

create table public.mails (
  id bigint generated always as identity primary key,
  user_id uuid not null references public.profiles (id) on delete cascade,
  kind text not null,
  business_key text not null,
  recipient text,
  data jsonb not null,
  status text not null default 'waiting',
  attempts integer not null default 0,
  error text,
  next_attempt_at timestamptz not null default clock_timestamp(),
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  constraint mails_kind_is_known check (kind in (
    'receipt', 'refund', 'dispute', 'plan_started', 'plan_changed', 'plan_cancelled', 'renewal_failed',
    'password_changed', 'email_changed', 'low_balance', 'expiring_credits', 'key_budget', 'welcome'
  )),
  constraint mails_business_key_is_unique unique (business_key),
  constraint mails_business_key_is_bounded check (char_length(business_key) between 1 and 255),
  constraint mails_status_is_known check (status in ('waiting', 'sent', 'failed')),
  constraint mails_sent_has_time check ((status = 'sent') = (sent_at is not null))
);
comment on table public.mails is 'The outbox: one row per mail, by what it is about. Kept once sent.';
comment on column public.mails.business_key is 'What the mail is about, such as receipt:<payment>, so nobody gets it twice.';
comment on column public.mails.recipient is
  'Where it goes, when that is not the address of the account: the one it had before. Null for the address of the account.';
comment on column public.mails.data is 'The values of the mail, as of when it was queued. Its text is written when it is sent.';
comment on column public.mails.next_attempt_at is 'When it is due. claim_mails moves it on before the mail is sent.';

insert into private.personal_data (table_name, owned_by, columns)
values ('mails', 'user_id = $1', '{"data": [], "error": null, "recipient": null}');

create index mails_due_idx on public.mails (next_attempt_at) where status = 'waiting';
create index mails_user_idx on public.mails (user_id, created_at desc);

create function private.is_wanted(p_profile public.profiles, p_kind text)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select case p_kind when 'welcome' then 'product' else p_kind end <> all (p_profile.unwanted_mails)
$$;
comment on function private.is_wanted is
  'Whether somebody wants a kind of mail. Those about money and the account are no choice: set_mail_wanted refuses them.';

create function private.queue_mail(p_user_id uuid, p_kind text, p_key text, p_data jsonb, p_recipient text default null)
returns void
language sql
set search_path = ''
as $$
  insert into public.mails (user_id, kind, business_key, data, recipient)
  select p_user_id, p_kind, p_key, p_data, p_recipient
  from public.profiles p
  where p.id = p_user_id
  and p.closed_at is null
  and private.is_wanted(p, p_kind)
  on conflict (business_key) do nothing
$$;
comment on function private.queue_mail is
  'Queues a mail, once per key, unless the account is closed or its owner does not want this kind. Call it in the transaction that causes the mail.';

create function public.set_mail_wanted(p_user_id uuid, p_choice text, p_wanted boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'mails.choose';
begin
  if p_wanted is null or (p_choice in ('low_balance', 'expiring_credits', 'key_budget', 'product')) is not true then
    return private.refuse(audit_action, p_user_id, 'unknown_mail', 'There is no choice about this mail.');
  end if;
  update public.profiles
  set unwanted_mails = array_remove(unwanted_mails, p_choice) || case when p_wanted then '{}' else array[p_choice] end
  where id = p_user_id
  and closed_at is null;
  if not found then
    return private.refuse(audit_action, p_user_id, 'user_not_found', 'There is no such user.');
  end if;
  -- What waits already is not wanted either.
  delete from public.mails m
  using public.profiles p
  where p.id = p_user_id
  and m.user_id = p.id
  and m.status = 'waiting'
  and m.attempts = 0
  and not private.is_wanted(p, m.kind);
  return jsonb_build_object('ok', true, 'wanted', p_wanted);
end
$$;
comment on function public.set_mail_wanted is
  'Switches a kind of mail on or off for a user. Mails about money and the account cannot be switched off.';

create function public.claim_mails(p_limit integer default 20)
returns table (id bigint, kind text, data jsonb, email text, name text, time_zone text)
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
    returning m.id, m.kind, m.data, m.user_id, m.recipient
  )
  select c.id, c.kind, c.data, coalesce(c.recipient, p.email), p.name, p.time_zone
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
grant execute on function public.set_mail_wanted, public.claim_mails, public.finish_mail to service_role;
