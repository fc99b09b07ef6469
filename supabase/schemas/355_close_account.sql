-- Closing an account: nothing that names the person is kept; the ledger is, since it is what the business must prove.

create function private.forget_person(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  personal private.personal_data;
  changes text;
begin
  delete from public.mails where user_id = p_user_id and status = 'waiting';
  update public.profiles set name = '', time_zone = null where id = p_user_id;
  perform private.forget_keys(p_user_id);
  -- The hash of the mailbox stays, or a new account would get the sign-up bonus again. Whose it was is not kept.
  update public.signup_bonuses set user_id = null, client_network = null where user_id = p_user_id;
  -- What the triggers of append-only tables let through, in this transaction and for these rows alone.
  perform set_config('account.forgetting', 'on', true);
  for personal in select * from private.personal_data loop
    select string_agg(
      case
        when jsonb_typeof(kept_keys) = 'array' then format('%1$I = private.blank(%1$I, %2$L)', column_name, kept_keys)
        else format('%I = null', column_name)
      end,
      ', '
    )
    into changes
    from jsonb_each(personal.columns) listed (column_name, kept_keys);
    execute format('update public.%I set %s where %s', personal.table_name, changes, personal.owned_by) using p_user_id;
  end loop;
  perform set_config('account.forgetting', '', true);
end
$$;
comment on function private.forget_person is
  'Blanks every column that private.personal_data lists for this user, in append-only tables too. Nothing else may change those.';

create function private.forget_login(p_user_id uuid)
returns void
language plpgsql
set search_path = ''
as $$
declare
  belongings regclass;
begin
  -- Sessions, identities, factors, one-time tokens: which tables there are differs between versions of Auth.
  for belongings in
    select c.oid
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'auth'::regnamespace
    and c.relkind = 'r'
    and a.attname = 'user_id'
    and not a.attisdropped
    order by c.relname
  loop
    execute format('delete from %s where user_id::text = $1::text', belongings) using p_user_id;
  end loop;
  delete from private.pending_confirmations c
  using auth.users u
  where u.id = p_user_id
  and c.email in (lower(u.email), lower(u.email_change));
  delete from auth.audit_log_entries where payload ->> 'actor_id' = p_user_id::text;
  update auth.users
  set
    -- A changed address is copied to the profile. This one frees the old one, and receives no mail.
    email = format('closed-%s@account.invalid', id),
    encrypted_password = '',
    phone = null,
    raw_user_meta_data = '{}',
    raw_app_meta_data = '{}',
    email_change = '',
    email_change_token_new = '',
    email_change_token_current = '',
    confirmation_token = '',
    recovery_token = '',
    phone_change = '',
    phone_change_token = '',
    reauthentication_token = '',
    -- Not infinity, which Auth cannot read.
    banned_until = clock_timestamp() + interval '100 years',
    deleted_at = clock_timestamp()
  where id = p_user_id;
end
$$;
comment on function private.forget_login is
  'Ends every session and way to sign in of a user, and frees the address for a new account. The row of auth.users stays, without what names anybody: the ledger refers to it.';

create function public.close_account(
  p_user_id uuid,
  p_confirmation text,
  p_actor_id uuid,
  p_caller jsonb,
  p_reason text default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'account.close';
  by_admin constant boolean := p_actor_id is distinct from p_user_id;
  named_admin constant uuid := case when by_admin then p_actor_id end;
  account public.profiles;
  plan public.subscriptions;
  refused jsonb;
begin
  refused := private.refuse_caller(audit_action, p_actor_id, p_caller);
  if refused is null and by_admin then
    refused := coalesce(
      private.refuse_unless_admin(audit_action, p_user_id, p_actor_id),
      private.refuse_without_reason(audit_action, p_user_id, p_reason, p_actor_id)
    );
  end if;
  if refused is not null then
    return refused;
  end if;

  -- 1. Is it to be closed, and meant?
  select * into account from public.profiles where id = p_user_id for update;
  if account.id is null then
    return private.refuse(audit_action, p_user_id, 'user_not_found', 'There is no such user.', '{}', named_admin);
  end if;
  if account.closed_at is not null then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  if lower(btrim(p_confirmation)) is distinct from lower(account.email) then
    return private.refuse(
      audit_action, p_user_id, 'confirmation_mismatch', 'Type the e-mail address of the account to confirm.', '{}', named_admin
    );
  end if;
  if private.has_admin_role(p_user_id) then
    return private.refuse(
      audit_action, p_user_id, 'account_of_admin', 'An admin''s account cannot be closed. Take the role away first.', '{}',
      named_admin
    );
  end if;

  -- 2. Nothing may go on that would cost or name the person later.
  select * into plan from public.subscriptions where id = private.live_subscription(p_user_id) and not cancel_at_period_end;
  if plan.id is not null then
    return private.refuse(
      audit_action, p_user_id, 'plan_active', 'Cancel the plan first: it would be charged again.', '{}', named_admin
    );
  end if;
  perform from public.credits where user_id = p_user_id order by credit_type for no key update;
  perform from public.credit_holds where user_id = p_user_id and status = 'open' order by transaction_id for no key update;
  if exists (
    select from public.credit_holds
    where user_id = p_user_id
    and status = 'open'
    and expires_at > clock_timestamp()
  ) then
    return private.refuse(
      audit_action, p_user_id, 'run_in_flight', 'A run is still going. Try again when it has ended.', '{}', named_admin
    );
  end if;

  -- 3. Close it.
  perform private.forget_person(p_user_id);
  perform private.forget_login(p_user_id);
  update public.profiles set closed_at = clock_timestamp() where id = p_user_id;
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason)
  values (p_actor_id, p_user_id, audit_action, 'success', case when by_admin then btrim(p_reason) end);
  return jsonb_build_object('ok', true, 'replayed', false);
end
$$;
comment on function public.close_account is
  'Closes an account, for its user or an admin with a reason, once p_confirmation is its address: ends its sessions, frees its address, and blanks all that names the person. Wallets, ledger and payments stay. Refuses while a plan would renew or a run goes on. A repeated call changes nothing.';

grant execute on function public.close_account to service_role;
