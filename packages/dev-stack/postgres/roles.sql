-- Roles, schemas and default privileges as a hosted Supabase project has them. Run once, by supabase_admin.

create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;

-- The owner of the application's tables: powerful, but no superuser.
create role postgres login createdb createrole replication bypassrls;
grant pg_monitor, pg_read_all_data, pg_signal_backend to postgres;
alter database postgres owner to postgres;
alter role postgres set search_path = "$user", public, extensions;

-- Auth and the Data API log in as this one and change into the caller's role.
create role supabase_auth_admin login noinherit createrole;
grant anon, authenticated, service_role to supabase_auth_admin;
grant create on database postgres to supabase_auth_admin;
alter role supabase_auth_admin set search_path = auth, public, extensions;
alter role supabase_auth_admin set statement_timeout = '8s';

-- Realtime logs in as this one: it follows the write-ahead log and reads rows as each subscriber.
create role supabase_realtime_admin login noinherit replication;
grant anon, authenticated, service_role to supabase_realtime_admin;

create schema extensions;
grant usage on schema extensions to postgres, anon, authenticated, service_role, supabase_auth_admin;
create extension pgcrypto with schema extensions;

create schema auth authorization supabase_auth_admin;
grant usage on schema auth to postgres, anon, authenticated, service_role;
alter default privileges for role supabase_auth_admin in schema auth grant all on tables to postgres;
alter default privileges for role supabase_auth_admin in schema auth grant all on sequences to postgres;
alter default privileges for role supabase_auth_admin in schema auth grant all on functions to postgres;

grant usage on schema public to anon, authenticated, service_role;

-- The API grants everything on every table to everybody at run time. It owns none of them, so its GRANT
-- does nothing but warn, provided that it holds some privilege on each: REFERENCES and USAGE open no data.
alter default privileges for role postgres grant usage on schemas to supabase_auth_admin;
alter default privileges for role postgres grant references on tables to supabase_auth_admin;
alter default privileges for role postgres grant usage on sequences to supabase_auth_admin;

-- Created before any replication slot: a slot sees publications as they were when it began.
set role postgres;
create publication supabase_realtime;
reset role;

-- Tell the API to read the schema again after every change of it.
create function extensions.pgrst_ddl_watch() returns event_trigger
language plpgsql set search_path = '' as $$
begin
  notify pgrst, 'reload schema';
end $$;
create event trigger pgrst_ddl_watch on ddl_command_end execute function extensions.pgrst_ddl_watch();
create event trigger pgrst_drop_watch on sql_drop execute function extensions.pgrst_ddl_watch();
