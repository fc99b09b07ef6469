-- What an admin does to a user: credits as a gift, sessions, bans and the role of an admin. Each with a reason.

create function public.give_credits(
  p_user_id uuid,
  p_amount bigint,
  p_reason text,
  p_actor_id uuid,
  p_credit_type text default 'general',
  p_expires_at timestamptz default null,
  p_idempotency_key text default null
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.give';
  asked constant jsonb := jsonb_build_object(
    'requested_amount', p_amount, 'credit_type', p_credit_type, 'expires_at', p_expires_at, 'given_reason', p_reason
  );
  result jsonb;
begin
  result := coalesce(
    private.refuse_unless_admin(audit_action, p_user_id, p_actor_id, asked),
    private.refuse_without_reason(audit_action, p_user_id, p_reason, p_actor_id, asked)
  );
  if result is null and private.is_closed(p_user_id) then
    result := private.refuse(
      audit_action, p_user_id, 'account_closed', 'The account is closed, and nothing can be spent from it.', asked, p_actor_id
    );
  end if;
  if result is not null then
    return result;
  end if;
  result := private.add_credits(
    audit_action, p_user_id, p_amount, p_credit_type, 'promotion',
    p_action => 'admin_gift',
    p_description => btrim(p_reason),
    p_expires_at => p_expires_at,
    p_idempotency_key => p_idempotency_key,
    p_request_hash => md5(row('give', p_amount, p_credit_type, p_expires_at, p_actor_id)::text),
    p_actor_id => p_actor_id,
    p_asked => asked
  );
  if (result ->> 'ok')::boolean and not (result ->> 'replayed')::boolean then
    insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
    values (
      p_actor_id, p_user_id, audit_action, 'success', btrim(p_reason),
      jsonb_strip_nulls(jsonb_build_object(
        'transaction_id', result -> 'transaction_id', 'credit_type', p_credit_type, 'amount', p_amount,
        'balance', result -> 'balance', 'expires_at', p_expires_at
      ))
    );
  end if;
  return result;
end
$$;
comment on function public.give_credits is
  'An admin gives credits, with a reason and perhaps an end. They count as a gift, not as bought.';

create function private.find_account(p_audit_action text, p_user_id uuid, p_actor_id uuid, p_reason text)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  account public.profiles;
  refused jsonb := coalesce(
    private.refuse_unless_admin(p_audit_action, p_user_id, p_actor_id),
    private.refuse_without_reason(p_audit_action, p_user_id, p_reason, p_actor_id)
  );
begin
  if refused is not null then
    return refused;
  end if;
  select * into account from public.profiles where id = p_user_id for update;
  if account.id is null then
    return private.refuse(p_audit_action, p_user_id, 'user_not_found', 'There is no such user.', '{}', p_actor_id);
  end if;
  if account.closed_at is not null then
    return private.refuse(p_audit_action, p_user_id, 'account_closed', 'The account is closed.', '{}', p_actor_id);
  end if;
  return null;
end
$$;
comment on function private.find_account is
  'Locks an open account for what an admin does to it with a reason; the refusal where that cannot be.';

create function private.note_action(p_audit_action text, p_user_id uuid, p_actor_id uuid, p_reason text, p_details jsonb default '{}')
returns jsonb
language sql
set search_path = ''
as $$
  insert into public.audit_logs (actor_id, target_user_id, action, outcome, reason, details)
  values (p_actor_id, p_user_id, p_audit_action, 'success', btrim(p_reason), p_details);
  select jsonb_build_object('ok', true, 'replayed', false)
$$;
comment on function private.note_action is 'Notes what an admin did to a user, and is the result of it.';

create function public.sign_out_user(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'session.end_all';
  refused jsonb := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
  ended integer;
begin
  if refused is not null then
    return refused;
  end if;
  delete from auth.sessions where user_id = p_user_id;
  get diagnostics ended = row_count;
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason, jsonb_build_object('sessions', ended))
    || jsonb_build_object('ended', ended);
end
$$;
comment on function public.sign_out_user is 'An admin ends every session of a user. The user may sign in again.';

create function public.ban_user(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'account.ban';
  refused jsonb := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
begin
  if refused is not null then
    return refused;
  end if;
  if private.has_admin_role(p_user_id) then
    return private.refuse(
      audit_action, p_user_id, 'account_of_admin', 'An admin cannot be banned. Take the role away first.', '{}', p_actor_id
    );
  end if;
  if private.is_banned(p_user_id) then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  -- Not infinity, which Auth cannot read.
  update auth.users set banned_until = clock_timestamp() + interval '100 years' where id = p_user_id;
  delete from auth.sessions where user_id = p_user_id;
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason);
end
$$;
comment on function public.ban_user is
  'An admin bans a user, who is signed out and cannot sign in until the ban is lifted. Credits and plan stay. Admins cannot be banned.';

create function public.unban_user(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'account.unban';
  refused jsonb := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
begin
  if refused is not null then
    return refused;
  end if;
  update auth.users set banned_until = null where id = p_user_id and banned_until > clock_timestamp();
  if not found then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason);
end
$$;
comment on function public.unban_user is 'An admin lifts the ban of a user, who may sign in again.';

create function public.appoint_admin(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'role.give';
  refused jsonb := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
begin
  if refused is not null then
    return refused;
  end if;
  if private.is_banned(p_user_id) then
    return private.refuse(
      audit_action, p_user_id, 'account_banned', 'Who is banned cannot be an admin. Lift the ban first.', '{}', p_actor_id
    );
  end if;
  insert into public.user_roles (user_id, role) values (p_user_id, 'admin') on conflict do nothing;
  if not found then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason, '{"role": "admin"}');
end
$$;
comment on function public.appoint_admin is 'An admin makes somebody else an admin, too.';

create function public.dismiss_admin(p_user_id uuid, p_reason text, p_actor_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'role.take';
  refused jsonb;
begin
  -- One at a time: two admins who dismiss each other at once must not leave nobody.
  perform pg_advisory_xact_lock(hashtext('dismiss_admin'));
  refused := private.find_account(audit_action, p_user_id, p_actor_id, p_reason);
  if refused is not null then
    return refused;
  end if;
  if not private.has_admin_role(p_user_id) then
    return jsonb_build_object('ok', true, 'replayed', true);
  end if;
  if not exists (
    select
    from public.user_roles
    where role = 'admin'
    and user_id <> p_user_id
    and not private.is_banned(user_id)
  ) then
    return private.refuse(
      audit_action, p_user_id, 'last_admin', 'This is the last admin. Make somebody else an admin first.', '{}', p_actor_id
    );
  end if;
  delete from public.user_roles where user_id = p_user_id and role = 'admin';
  return private.note_action(audit_action, p_user_id, p_actor_id, p_reason, '{"role": "admin"}');
end
$$;
comment on function public.dismiss_admin is 'An admin takes the role of an admin away, also from oneself, but never from the last one.';

create function public.read_account(p_user_id uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select private.describe_user(p_user_id)
$$;
comment on function public.read_account is 'How a user stands, for admins; null when there is none.';

create function public.wallet_totals(p_user_id uuid, p_credit_type text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'purchased', coalesce(sum(t.amount) filter (where t.type = 'purchase'), 0),
    'subscribed', coalesce(sum(t.amount) filter (where t.type = 'subscription_grant'), 0),
    -- Also what had been spent already, and became a debt.
    'taken_back', coalesce(
      sum(coalesce(t.debt_change, 0) - t.amount) filter (where t.type in ('clawback', 'clawback_reversal')), 0
    ),
    'refunded', coalesce(sum(t.amount) filter (where t.type = 'refund'), 0)
  )
  from public.credit_transactions t
  where t.user_id = p_user_id
  and t.credit_type = p_credit_type
  and t.type <> 'deduction'
$$;
comment on function public.wallet_totals is
  'What total_purchased and total_used of a wallet are made of, for admins: bought once and by plans, what of it was taken back, and what of the charges was refunded.';

grant execute on function
  public.give_credits,
  public.sign_out_user,
  public.ban_user,
  public.unban_user,
  public.appoint_admin,
  public.dismiss_admin,
  public.read_account,
  public.wallet_totals
to service_role;
