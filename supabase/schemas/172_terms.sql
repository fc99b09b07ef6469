-- Which terms people have accepted, and when.

create table public.terms_acceptances (
  user_id uuid not null references public.profiles (id) on delete cascade,
  version text not null constraint terms_acceptances_version_is_short check (char_length(version) between 1 and 40),
  accepted_at timestamptz not null default clock_timestamp(),
  primary key (user_id, version)
);
comment on table public.terms_acceptances is
  'The first time that each user has accepted each version of the terms. Versions are those of lib/auth/terms.ts.';

create function public.accept_terms(p_user_id uuid, p_version text)
returns void
language sql
security definer
set search_path = ''
as $$
  insert into public.terms_acceptances (user_id, version) values (p_user_id, p_version)
  on conflict do nothing
$$;
comment on function public.accept_terms is 'Notes that a user has accepted this version of the terms; a repeated call keeps the first time.';

alter table public.terms_acceptances enable row level security;

create policy "people read what they accepted, admins what everyone did"
on public.terms_acceptances for select to authenticated
using ((select auth.uid()) = user_id or (select private.is_admin()));

grant select on public.terms_acceptances to authenticated, service_role;
grant execute on function public.accept_terms to service_role;
