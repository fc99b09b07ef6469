import { brand } from '@/lib/brand'
import { env } from '@/lib/env'
import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { noInput, publicKeyRoute } from '@/lib/http/routes'
import { toOpenApi } from '@/lib/openapi/document'
import { listTools } from '@/tools/registry'

/** `/api/v1` as OpenAPI 3.1, for anybody. */
export const GET = publicKeyRoute(noInput, async () => {
  const tools = (await listTools()).map((tool) => tool.describe())
  return toOpenApi(tools, { name: brand.name, url: env().APP_URL, version: '1' })
})

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseKeyMethods('GET')
