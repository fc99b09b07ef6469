-- What the policies on realtime.messages let somebody do on the private channel of a topic.
-- Lives in pg_temp of Realtime's own connection. Messages are written to try it, and all of them are taken back.
--   p_claims   tried as their role, with them set
-- Returns {"broadcast": {"read", "write"}, "presence": {"read", "write"}}.
create or replace function pg_temp.read_policies(p_topic text, p_claims jsonb)
returns jsonb
language plpgsql
set search_path = "$user", public, extensions
as $$
declare
  v_probes jsonb = jsonb_build_object('broadcast', gen_random_uuid(), 'presence', gen_random_uuid());
  v_extension text;
  v_id uuid;
  v_read boolean;
  v_write boolean;
  v_policies jsonb = '{}';
begin
  insert into realtime.messages (id, topic, extension)
  select value::uuid, p_topic, key from jsonb_each_text(v_probes);
  perform
    set_config('realtime.topic', p_topic, true),
    set_config('request.jwt.claims', p_claims::text, true),
    set_config('request.jwt.claim.sub', coalesce(p_claims ->> 'sub', ''), true),
    set_config('request.jwt.claim.role', p_claims ->> 'role', true),
    set_config('role', p_claims ->> 'role', true);

  for v_extension, v_id in select key, value::uuid from jsonb_each_text(v_probes) loop
    v_read = exists (select from realtime.messages where id = v_id);
    begin
      insert into realtime.messages (topic, extension) values (p_topic, v_extension);
      v_write = true;
    exception
      -- A policy that refuses, or that fails, lets nobody write.
      when others then v_write = false;
    end;
    v_policies = v_policies || jsonb_build_object(
      v_extension, jsonb_build_object('read', v_read, 'write', v_write)
    );
  end loop;
  raise exception using errcode = 'RTEND';
exception
  when sqlstate 'RTEND' then return v_policies;
end;
$$;
