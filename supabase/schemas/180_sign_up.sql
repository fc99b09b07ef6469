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

create function private.handle_confirmed_user()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform public.initialize_credits(new.id, t.signup_bonus, t.id)
  from public.credit_types t
  where t.signup_bonus > 0
  -- The order in which the jobs lock wallets too.
  order by t.id;
  return new;
end
$$;
comment on function private.handle_confirmed_user is
  'Grants the sign-up bonus of each credit type once the address is confirmed, so that unconfirmed addresses earn nothing.';

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

-- Triggers of one event fire in the order of their names: the profile comes before the bonus.
create trigger on_auth_user_1_created
after insert on auth.users
for each row execute function private.handle_new_user();

create trigger on_auth_user_2_confirmed
after insert or update of email_confirmed_at on auth.users
for each row when (new.email_confirmed_at is not null)
execute function private.handle_confirmed_user();

create trigger on_auth_user_3_email_changed
after update of email on auth.users
for each row when (old.email is distinct from new.email)
execute function private.handle_changed_email();
