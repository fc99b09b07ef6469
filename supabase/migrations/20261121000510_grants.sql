-- Credits that expire. A wallet whose next_expiry_at is null has none, and none of this runs for it.

create function private.next_expiry(p_user_id uuid, p_credit_type text)
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select min(expires_at)
  from public.credit_grants
  where user_id = p_user_id
  and credit_type = p_credit_type
  and remaining > 0
$$;
comment on function private.next_expiry is 'When the next credits of a wallet expire.';

create function private.expire_due(p_wallet public.credits, p_moment timestamptz default clock_timestamp())
returns public.credits
language plpgsql
set search_path = ''
as $$
declare
  wallet public.credits := p_wallet;
  due record;
begin
  if wallet.next_expiry_at is null or wallet.next_expiry_at > p_moment then
    return wallet;
  end if;
  for due in
    select id, remaining, source
    from public.credit_grants
    where user_id = wallet.user_id
    and credit_type = wallet.credit_type
    and remaining > 0
    and expires_at <= p_moment
    order by expires_at, id
  loop
    update public.credit_grants set remaining = 0 where id = due.id;
    perform private.post_transaction(
      wallet, 'expiry', -due.remaining,
      p_action => 'expiry',
      p_description => coalesce(due.source || ' expired', 'Credits expired'),
      p_reference_id => due.id::text,
      p_reference_type => 'grant',
      p_burned_grants => jsonb_build_array(jsonb_build_object('grant', due.id, 'amount', due.remaining)),
      p_next_expiry_at => private.next_expiry(wallet.user_id, wallet.credit_type)
    );
    wallet := private.lock_wallet(wallet.user_id, wallet.credit_type);
  end loop;
  return wallet;
end
$$;
comment on function private.expire_due is 'Posts the expiry of every grant of a locked wallet that is due, and gives the wallet as it is then.';

create function private.burn_grants(p_wallet public.credits, p_amount bigint)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  left_to_burn bigint := p_amount;
  burned jsonb := '[]';
  lot record;
  share bigint;
begin
  if p_wallet.next_expiry_at is null then
    return null;
  end if;
  for lot in
    select id, remaining
    from public.credit_grants
    where user_id = p_wallet.user_id
    and credit_type = p_wallet.credit_type
    and remaining > 0
    order by priority, expires_at, id
  loop
    exit when left_to_burn = 0;
    share := least(lot.remaining, left_to_burn);
    update public.credit_grants set remaining = remaining - share where id = lot.id;
    burned := burned || jsonb_build_object('grant', lot.id, 'amount', share);
    left_to_burn := left_to_burn - share;
  end loop;
  return burned;
end
$$;
comment on function private.burn_grants is
  'Takes an amount out of a locked wallet''s grants in their order, and tells which; what they do not cover has no expiry.';

create function private.restore_grants(p_burned jsonb, p_total bigint, p_already bigint, p_amount bigint)
returns void
language plpgsql
set search_path = ''
as $$
declare
  burn record;
  burn_from bigint := 0;
  back_from bigint := p_total - p_already - p_amount;
  back_to bigint := p_total - p_already;
  share bigint;
begin
  for burn in
    select (b ->> 'grant')::bigint as id, (b ->> 'amount')::bigint as amount
    from jsonb_array_elements(coalesce(p_burned, '[]')) with ordinality as t (b, position)
    order by position
  loop
    share := least(burn_from + burn.amount, back_to) - greatest(burn_from, back_from);
    if share > 0 then
      update public.credit_grants set remaining = remaining + share where id = burn.id;
    end if;
    burn_from := burn_from + burn.amount;
  end loop;
end
$$;
comment on function private.restore_grants is
  'Puts the last p_amount credits of a deduction (after p_already refunded ones) back where they came from, as if they had never been taken. A grant whose time has passed meanwhile expires again at once: a hold never lengthens the life of credits.';
