import { refuseKeyMethods } from '@/lib/http/refuse-methods'
import { keyRoute, noInput } from '@/lib/http/routes'
import { serveMcp } from '@/lib/mcp/serve-mcp'
import { listTools } from '@/tools/registry'

/** The tools for agents: the Model Context Protocol over streamable HTTP, paid with a key of the API. */
export const POST = keyRoute('charge', noInput, async (call) => serveMcp(call, await listTools()))

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseKeyMethods('POST')
