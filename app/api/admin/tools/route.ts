import { switchTool, toolSwitch } from '@/lib/admin/tool-switch'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { adminRoute, jsonBody } from '@/lib/http/routes'
import { requireTool } from '@/tools/registry'

/** Admins switch a tool off, with a sentence for its users, or on again: `{ tool, message }` → `{ tool, isOff }`. */
export const POST = adminRoute(jsonBody(toolSwitch), async ({ admin, input }) => {
  await requireTool(input.tool)
  return switchTool(admin.id, input)
})

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
