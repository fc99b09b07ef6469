-- Everything about one user, for that user.

create function public.export_account(p_user_id uuid, p_caller jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  refused jsonb := private.refuse_caller('account.export', p_user_id, p_caller);
begin
  return coalesce(refused, jsonb_build_object(
    'ok', true,
    'exported_at', clock_timestamp(),
    'profile', (select to_jsonb(p) from public.profiles p where p.id = p_user_id),
    'login', (
      select jsonb_build_object(
        'email', email, 'created_at', created_at, 'last_sign_in_at', last_sign_in_at, 'details', raw_user_meta_data
      )
      from auth.users
      where id = p_user_id
    ),
    'identities', (
      select coalesce(jsonb_agg(jsonb_build_object('provider', provider, 'details', identity_data) order by created_at), '[]')
      from auth.identities
      where user_id = p_user_id
    ),
    'sessions', (
      select coalesce(
        jsonb_agg(jsonb_build_object('created_at', created_at, 'ip', host(ip), 'user_agent', user_agent) order by created_at),
        '[]'
      )
      from auth.sessions
      where user_id = p_user_id
    ),
    'wallets', (
      select coalesce(jsonb_agg(to_jsonb(c) order by c.credit_type), '[]') from public.credits c where c.user_id = p_user_id
    ),
    'transactions', (
      select coalesce(jsonb_agg(to_jsonb(t) - array['request_hash', 'actor_id'] order by t.id), '[]')
      from public.credit_transactions t
      where t.user_id = p_user_id
    ),
    'grants', (
      select coalesce(jsonb_agg(to_jsonb(g) order by g.id), '[]') from public.credit_grants g where g.user_id = p_user_id
    ),
    'api_keys', (
      select coalesce(jsonb_agg(to_jsonb(k) order by k.id), '[]') from public.api_keys k where k.owner_id = p_user_id
    ),
    'runs', (
      select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from public.runs r where r.user_id = p_user_id
    ),
    'payments', (
      select coalesce(jsonb_agg(to_jsonb(p) order by p.created_at), '[]') from public.payments p where p.user_id = p_user_id
    ),
    'refunds', (
      select coalesce(jsonb_agg(to_jsonb(r) - 'requested_by' order by r.created_at), '[]')
      from public.payment_refunds r
      join public.payments p on p.id = r.payment_id
      where p.user_id = p_user_id
    ),
    'subscriptions', (
      select coalesce(jsonb_agg(to_jsonb(s) order by s.created_at), '[]')
      from public.subscriptions s
      where s.user_id = p_user_id
    ),
    'mails', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.id), '[]') from public.mails m where m.user_id = p_user_id
    ),
    'events', (
      select coalesce(
        jsonb_agg(jsonb_build_object('type', e.type, 'received_at', e.received_at, 'payload', e.payload) order by e.received_at),
        '[]'
      )
      from public.payment_events e
      where e.provider_ids && private.provider_ids_of(p_user_id)
    ),
    'log', (
      -- Not which admin it was.
      select coalesce(jsonb_agg(to_jsonb(a) - 'actor_id' order by a.id), '[]')
      from public.audit_logs a
      where a.target_user_id = p_user_id
    )
  ));
end
$$;
comment on function public.export_account is
  'All that is stored about a user, by subject: what close_account would blank, and the rows it would keep.';

grant execute on function public.export_account to service_role;
