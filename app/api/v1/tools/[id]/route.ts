import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, noInput } from '@/lib/http/routes'
import { requireTool } from '@/tools/registry'

/** Runs a tool: its own body → `{ …result, newBalance, creditsUsed, transactionId, runId }`. */
export const POST = keyRoute(
  'charge',
  noInput,
  async (call, { params }: RouteContext<'/api/v1/tools/[id]'>) => {
    const tool = await requireTool((await params).id)
    return tool.serveByKey(call)
  },
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseKeyMethods('POST')
