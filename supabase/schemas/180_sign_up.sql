-- What happens automatically when somebody signs up.

create function private.handle_new_user()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.profiles (id, email, name)
  values (
    new.id,
    coalesce(new.email, ''),
    left(coalesce(new.raw_user_meta_data ->> 'name', new.raw_user_meta_data ->> 'full_name', ''), 120)
  );
  insert into public.credits (user_id, credit_type) values (new.id, 'general');
  return new;
end
$$;
comment on function private.handle_new_user is 'Gives every new user a profile and an empty wallet.';

create function private.drop_unproved_password()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.encrypted_password := '';
  return new;
end
$$;
comment on function private.drop_unproved_password is
  'Takes the password off an account in the transaction that proves its address by mail: whoever signed up with the address may not be its owner. The owner chooses one after that.';

create function private.handle_confirmed_user()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  confirmation constant private.pending_confirmations := private.take_pending_confirmation(new.email);
  is_by_mail constant boolean := tg_op = 'UPDATE' and old.confirmation_sent_at is not null;
begin
  if confirmation.terms_version is not null then
    perform public.accept_terms(new.id, confirmation.terms_version);
  end if;
  if private.claim_signup_bonus(
    new.id, new.email, case when is_by_mail then coalesce(confirmation.network, 'unknown') end
  ) then
    perform private.grant_signup_bonus(new.id);
  end if;
  return new;
end
$$;
comment on function private.handle_confirmed_user is
  'Keeps which terms were accepted, and grants the sign-up bonus, once the address is confirmed: unconfirmed addresses earn nothing.';

create function private.handle_changed_email()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  update public.profiles set email = coalesce(new.email, '') where id = new.id;
  return new;
end
$$;
comment on function private.handle_changed_email is 'Copies a changed address to the profile.';

create function private.bound_user_metadata()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if octet_length(new.raw_user_meta_data::text) > 2048 then
    new.raw_user_meta_data := coalesce(
      (
        select jsonb_object_agg(kept.key, kept.value)
        from (
          select
            e.key,
            e.value,
            -- Each entry with its quotes, colon and comma.
            sum(octet_length(e.key) + octet_length(e.value::text) + 6)
              over (order by octet_length(e.value::text), e.key) as bytes
          from jsonb_each(new.raw_user_meta_data) e
        ) kept
        where kept.bytes <= 2000
      ),
      '{}'
    );
  end if;
  return new;
end
$$;
comment on function private.bound_user_metadata is
  'Keeps at most 2 KB of what people and providers write about a user, the shortest entries first. Access tokens carry it: servers refuse every request whose cookies are too large.';

-- Triggers of one event fire in the order of their names: the profile comes before the bonus.
create trigger on_auth_user_0_metadata
before insert or update of raw_user_meta_data on auth.users
for each row execute function private.bound_user_metadata();

create trigger on_auth_user_1_created
after insert on auth.users
for each row execute function private.handle_new_user();

-- An address that an admin vouches for was never asked for a confirmation: the password that came with it stays.
create trigger on_auth_user_0_proved
before update of email_confirmed_at on auth.users
for each row when (
  old.email_confirmed_at is null
  and new.email_confirmed_at is not null
  and old.confirmation_sent_at is not null
)
execute function private.drop_unproved_password();

create trigger on_auth_user_2_confirmed
after insert or update of email_confirmed_at on auth.users
for each row when (new.email_confirmed_at is not null)
execute function private.handle_confirmed_user();

create trigger on_auth_user_3_email_changed
after update of email on auth.users
for each row when (old.email is distinct from new.email)
execute function private.handle_changed_email();
