import { NotFoundError } from '@/lib/http/errors'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { noInput, userRoute } from '@/lib/http/routes'
import { findTool } from '@/tools/registry'

export const POST = userRoute(
  noInput,
  async ({ request, user }, { params }: RouteContext<'/api/tools/[tool]'>) => {
    const tool = await findTool((await params).tool)
    if (!tool) throw new NotFoundError('There is no such tool.', 'tool_not_found')
    return tool.serve({ request, user })
  },
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
