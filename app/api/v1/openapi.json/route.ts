import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { noInput, publicKeyRoute } from '@/lib/http/routes'
import { describeApi } from '@/lib/openapi/describe-api'
import { listTools } from '@/tools/registry'

/** `/api/v1` as OpenAPI 3.1, for anybody. */
export const GET = publicKeyRoute(noInput, async () =>
  describeApi((await listTools()).map((tool) => tool.describe())),
)

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseKeyMethods('GET')
