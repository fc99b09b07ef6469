import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, noInput } from '@/lib/http/routes'
import { listTools } from '@/tools/registry'

/** Every tool: what it takes, costs and allows. */
export const GET = keyRoute('any', noInput, async () => ({
  tools: (await listTools()).map((tool) => tool.describe()),
}))

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseKeyMethods('GET')
