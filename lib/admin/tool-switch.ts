import 'server-only'
import { z } from 'zod'
import { callFunction } from '@/lib/supabase/call-function'
import { reason } from './reason'

/** `message` is what users read while the tool is off; null switches it on. */
export const toolSwitch = z.strictObject({ tool: z.string().min(1).max(100), message: reason.nullable() })

const switched = z.object({ is_off: z.boolean() })

/** An admin switches a tool off or on. Runs that go on end as usual. @throws RefusedError `forbidden` */
export async function switchTool(
  actorId: string,
  { tool, message }: z.output<typeof toolSwitch>,
): Promise<{ tool: string; isOff: boolean }> {
  const args = { p_actor_id: actorId, p_tool: tool, p_message: message ?? undefined }
  const { is_off } = await callFunction('set_tool_switch', args, switched)
  return { tool, isOff: is_off }
}
