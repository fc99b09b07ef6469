-- The mails about a balance that falls low: up to three thresholds a wallet, each told of once until the balance is above
-- it again.

create function private.queue_low_balance_mail(p_wallet public.credits, p_balance bigint)
returns void
language plpgsql
set search_path = ''
as $$
declare
  thresholds constant bigint[] := p_wallet.low_balance_threshold || p_wallet.lower_thresholds;
  crossed bigint[];
begin
  if p_balance < p_wallet.balance then
    select array_agg(threshold order by threshold) into crossed
    from unnest(thresholds) threshold
    where threshold > p_balance
    and threshold <= p_wallet.balance;
  else
    -- Back above before the mail went out, as when a failed run is refunded: nothing to report, but for a threshold that
    -- the same charge crossed and that the balance is still below.
    with obsolete as (
      delete from public.mails
      where user_id = p_wallet.user_id
      and kind = 'low_balance'
      and data ->> 'credit_type' = p_wallet.credit_type
      and (data ->> 'threshold')::bigint <= p_balance
      and status = 'waiting'
      and attempts = 0
      returning data
    )
    select array_agg(threshold::bigint order by threshold::bigint) into crossed
    from obsolete, jsonb_array_elements_text(data -> 'crossed') threshold
    where threshold::bigint > p_balance
    and threshold::bigint = any (thresholds);
  end if;
  if crossed is null or exists (
    select from public.mails
    where user_id = p_wallet.user_id
    and kind = 'low_balance'
    and data ->> 'credit_type' = p_wallet.credit_type
    and (data ->> 'threshold')::bigint <= crossed[1]
    and created_at > clock_timestamp() - interval '1 day'
  ) then
    return;
  end if;
  perform private.queue_mail(
    p_wallet.user_id,
    'low_balance',
    format('low_balance:%s:%s:%s', p_wallet.user_id, p_wallet.credit_type, p_wallet.version + 1),
    jsonb_build_object('balance', p_balance, 'threshold', crossed[1], 'credit_type', p_wallet.credit_type)
      || case when cardinality(crossed) > 1 then jsonb_build_object('crossed', crossed) else '{}' end
  );
end
$$;
comment on function private.queue_low_balance_mail is
  'Called when the balance of a locked wallet (p_wallet, as it was before) may cross a threshold. Down: emails the user about the lowest one crossed, unless a mail of the last day was about that one or a lower one; the lock guarantees it for concurrent charges too. Up: deletes the mail if it is still unsent.';

create function public.set_low_balance_thresholds(
  p_user_id uuid,
  p_thresholds bigint[],
  p_credit_type text default 'general'
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'credits.set_threshold';
  max_thresholds constant integer := 3;
  thresholds bigint[];
  refused jsonb;
begin
  if exists (
    select from unnest(p_thresholds) threshold where (threshold between 0 and private.max_amount()) is not true
  ) then
    return private.refuse(
      audit_action, p_user_id, 'invalid_amount', 'A threshold must be zero or more credits. Set none for no mail.'
    );
  end if;
  select coalesce(array_agg(distinct threshold order by threshold desc), '{}') into thresholds
  from unnest(p_thresholds) threshold;
  if cardinality(thresholds) > max_thresholds then
    return private.refuse(
      audit_action, p_user_id, 'invalid_amount', format('A wallet can have up to %s thresholds.', max_thresholds)
    );
  end if;
  refused := private.open_wallet(p_user_id, p_credit_type, audit_action);
  if refused is not null then
    return refused;
  end if;
  update public.credits
  set low_balance_threshold = thresholds[1], lower_thresholds = nullif(thresholds[2:], '{}')
  where user_id = p_user_id
  and credit_type = p_credit_type;
  return jsonb_build_object('ok', true, 'threshold', thresholds[1], 'thresholds', thresholds);
end
$$;
comment on function public.set_low_balance_thresholds is
  'Sets the balances of a wallet, up to three, below each of which its owner is emailed; none for never.';

create function public.set_low_balance_threshold(
  p_user_id uuid,
  p_threshold bigint default null,
  p_credit_type text default 'general'
)
returns jsonb
language sql
security definer
set search_path = ''
as $$
  select public.set_low_balance_thresholds(p_user_id, array_remove(array[p_threshold], null), p_credit_type)
$$;
comment on function public.set_low_balance_threshold is
  'Sets the one balance of a wallet below which its owner is emailed; null for never.';

grant execute on function public.set_low_balance_thresholds, public.set_low_balance_threshold to service_role;
