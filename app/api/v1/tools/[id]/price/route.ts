import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, noInput } from '@/lib/http/routes'
import { requireTool } from '@/tools/registry'

/** What a run would cost, without running it: the body of the run → `{ price, prices, tier, creditType }`. */
export const POST = keyRoute(
  'any',
  noInput,
  async (call, { params }: RouteContext<'/api/v1/tools/[id]/price'>) => {
    const tool = await requireTool((await params).id)
    return tool.quote(call)
  },
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseKeyMethods('POST')
