-- What the owner of the product decides about a tool, and what its runs cost the owner.

create table public.tool_switches (
  tool text primary key,
  message text not null constraint tool_switches_message_is_a_sentence check (char_length(btrim(message)) between 3 and 500),
  switched_at timestamptz not null default clock_timestamp()
);
comment on table public.tool_switches is
  'Tools that an admin has switched off, with the sentence that users read. Runs that go on end as usual.';

alter table public.tool_switches enable row level security;

create policy "everybody reads which tools are off"
on public.tool_switches for select to anon, authenticated
using (true);

grant select on public.tool_switches to anon, authenticated, service_role;

create table private.run_costs (
  run_id bigint primary key references public.runs (id),
  tool text not null,
  micros bigint not null constraint run_costs_not_negative check (micros >= 0),
  created_at timestamptz not null default clock_timestamp()
);
comment on table private.run_costs is
  'What runs cost the owner, in millionths of a US dollar: the most a run may cost until it ends, or for good when it never said.';

create index run_costs_day_idx on private.run_costs (tool, created_at) include (micros);

alter table private.run_costs enable row level security;

create function private.refuse_tool(p_audit_action text, p_user_id uuid, p_tool text, p_run jsonb)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  off public.tool_switches;
  spent bigint;
begin
  select * into off from public.tool_switches where tool = p_tool;
  if off.tool is not null then
    return private.refuse(p_audit_action, p_user_id, 'tool_off', off.message, jsonb_build_object('tool', p_tool));
  end if;
  if (p_run ->> 'max_cost_per_day') is not null then
    -- Until the end of the transaction: no two runs see the same rest of the day.
    perform pg_advisory_xact_lock(hashtextextended('run_cost:' || p_tool, 0));
    select coalesce(sum(micros), 0) into spent
    from private.run_costs
    where tool = p_tool
    and created_at >= date_trunc('day', clock_timestamp(), 'UTC');
    if spent + (p_run ->> 'max_cost')::bigint > (p_run ->> 'max_cost_per_day')::bigint then
      return private.refuse(
        p_audit_action, p_user_id, 'tool_exhausted', 'This tool has reached its limit for today. Try again tomorrow.',
        jsonb_build_object('tool', p_tool)
      );
    end if;
  end if;
  return null;
end
$$;
comment on function private.refuse_tool is
  'The refusal for a tool that is switched off, or whose runs could cost the owner more than a day may; else null.';

create function private.note_cost(p_run_id bigint, p_micros bigint)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_micros is not null then
    update private.run_costs set micros = p_micros where run_id = p_run_id;
  end if;
end
$$;
comment on function private.note_cost is 'Keeps what an ended run cost the owner, where that is known.';
