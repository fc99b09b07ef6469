-- Tools for admins: switched off and on, and what they earn.

create function public.set_tool_switch(p_actor_id uuid, p_tool text, p_message text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  audit_action constant text := 'tool.switch';
  details constant jsonb := jsonb_build_object('tool', p_tool, 'is_off', p_message is not null);
  refused jsonb := private.refuse_unless_admin(audit_action, null, p_actor_id, details);
begin
  if refused is null and p_message is not null then
    refused := private.refuse_without_reason(audit_action, null, p_message, p_actor_id, details);
  end if;
  if refused is not null then
    return refused;
  end if;
  delete from public.tool_switches where tool = p_tool;
  if p_message is not null then
    insert into public.tool_switches (tool, message) values (p_tool, btrim(p_message));
  end if;
  insert into public.audit_logs (actor_id, action, outcome, reason, details)
  values (p_actor_id, audit_action, 'success', btrim(p_message), details);
  return jsonb_build_object('ok', true, 'is_off', p_message is not null);
end
$$;
comment on function public.set_tool_switch is
  'Switches a tool off with a sentence for its users, or on again without one. Runs that go on end as usual.';

create function public.tool_figures(p_since timestamptz)
returns table (tool text, credit_type text, runs bigint, charged bigint, cost_micros bigint, below_cost bigint)
language sql
stable
security definer
set search_path = ''
as $$
  select
    r.tool,
    r.credit_type,
    count(*),
    sum(r.charged)::bigint,
    coalesce(sum(c.micros), 0)::bigint,
    count(*) filter (where c.micros > 0 and r.charged = 0)
  from public.runs r
  left join private.run_costs c on c.run_id = r.id
  where r.created_at >= p_since
  group by r.tool, r.credit_type
  order by r.tool, r.credit_type
$$;
comment on function public.tool_figures is
  'What each tool earned since then, in credits, and cost the owner, in millionths of a US dollar; below_cost counts its runs that cost something and charged nothing.';

grant execute on function public.set_tool_switch, public.tool_figures to service_role;
