import { handleRoute } from '@/lib/http'
import { NotFoundError } from '@/lib/http/errors'
import { findTool } from '@/tools/registry'

export const POST = handleRoute(async (request, { params }: RouteContext<'/api/tools/[tool]'>) => {
  const tool = await findTool((await params).tool)
  if (!tool) throw new NotFoundError('There is no such tool.', 'tool_not_found')
  return tool.POST(request)
})
