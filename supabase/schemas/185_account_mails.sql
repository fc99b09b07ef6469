-- Mails about an account itself. Auth changes passwords and addresses in transactions of its own, so triggers tell of them.

create function private.queue_welcome_mail()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.queue_mail(
    new.id, 'welcome', format('welcome:%s', new.id),
    jsonb_build_object('credits', (
      select coalesce(
        jsonb_agg(jsonb_build_object('amount', balance, 'credit_type', credit_type) order by credit_type), '[]'
      )
      from public.credits
      where user_id = new.id
      and balance > 0
    ))
  );
  return new;
end
$$;
comment on function private.queue_welcome_mail is 'Welcomes whoever has confirmed an address, with the credits that came with it.';

create function private.queue_password_mail()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.queue_mail(
    new.id, 'password_changed', format('password_changed:%s:%s', new.id, extract(epoch from clock_timestamp())),
    jsonb_build_object('at', clock_timestamp())
  );
  return new;
end
$$;
comment on function private.queue_password_mail is 'Tells the owner of an account that its password was changed.';

create function private.queue_email_mails()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  key constant text := format('email_changed:%s:%s', new.id, extract(epoch from clock_timestamp()));
  change constant jsonb := jsonb_build_object('at', clock_timestamp(), 'from', old.email, 'to', new.email);
begin
  perform private.queue_mail(new.id, 'email_changed', key || ':new', change);
  perform private.queue_mail(new.id, 'email_changed', key || ':old', change, old.email);
  return new;
end
$$;
comment on function private.queue_email_mails is
  'Tells both addresses that the one of an account was changed: whoever lost the account reads the old one.';

-- After the bonus of on_auth_user_2_confirmed.
create trigger on_auth_user_4_welcome_new
after insert on auth.users
for each row when (new.email_confirmed_at is not null)
execute function private.queue_welcome_mail();

create trigger on_auth_user_4_welcome
after update of email_confirmed_at on auth.users
for each row when (old.email_confirmed_at is null and new.email_confirmed_at is not null)
execute function private.queue_welcome_mail();

-- Not the password that somebody chooses right after the address was confirmed, and not one that is taken off.
create trigger on_auth_user_4_password
after update of encrypted_password on auth.users
for each row when (
  old.encrypted_password is distinct from new.encrypted_password
  and new.encrypted_password <> ''
  and (old.encrypted_password <> '' or new.email_confirmed_at < now() - interval '1 hour')
)
execute function private.queue_password_mail();

-- Not an address that nobody had confirmed, and not the one that close_account puts in its place.
create trigger on_auth_user_4_email
after update of email on auth.users
for each row when (
  old.email is distinct from new.email
  and old.email_confirmed_at is not null
  and new.deleted_at is null
)
execute function private.queue_email_mails();
