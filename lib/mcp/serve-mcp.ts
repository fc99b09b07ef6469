import 'server-only'
import { randomUUID } from 'node:crypto'
import { createMcpHandler, Server } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { requireApiKey } from '@/lib/api-keys/require-api-key'
import { brand } from '@/lib/brand'
import { readJson } from '@/lib/http'
import { logger } from '@/lib/logger'
import type { KeyCall } from '@/lib/tool-runner/serve-by-key'
import { callTool } from './call-tool'
import { listMcpTools } from './list-tools'
import type { McpTool } from './mcp-tool'
import { cancelCall, SESSION_HEADER } from './run-key'

const INSTRUCTIONS =
  'Tools are paid by the credit from the balance of the owner of the key; each says what it costs. Ask `quote` for the price of a call, `get_balance` for what is left. A call that fails costs nothing.'

/** What is beside the body of a tool in a message, in bytes. */
const ENVELOPE_BYTES = 16_384

const message = z.looseObject({ method: z.string().optional(), params: z.unknown().optional() })

/**
 * Answers one message of the Model Context Protocol (streamable HTTP, without state of its own; one message a request).
 * A call is checked with its charge, as every run; any other message counts against the reads of the key.
 * @throws as `requireApiKey`, and for a body that is no message
 */
export async function serveMcp(call: KeyCall, tools: readonly McpTool[]): Promise<Response> {
  const { request, answer } = call
  const parsedBody = await readJson(request, message, { maxBytes: maxBytesOf(tools) })
  const { method, params } = parsedBody
  if (method !== 'tools/call') await requireApiKey(request, 'any', answer)
  if (method === 'notifications/cancelled') await cancelCall(call, params, tools)
  const handler = createMcpHandler(() => createServer(call, tools), {
    onerror: (error) => logger.debug('a message of MCP was refused', { error }),
  })
  const response = await handler.fetch(request, { parsedBody })
  if (method === 'initialize' && response.ok) response.headers.set(SESSION_HEADER, randomUUID())
  return response
}

function createServer(call: KeyCall, tools: readonly McpTool[]): Server {
  const info = { name: brand.name, version: '1' }
  const server = new Server(info, { capabilities: { tools: {} }, instructions: INSTRUCTIONS })
  server.setRequestHandler('tools/list', () => ({ tools: listMcpTools(tools, call.user.tier) }))
  server.setRequestHandler('tools/call', ({ params }, context) => callTool(params, context, { call, tools }))
  return server
}

/** The largest message: the largest body that a tool takes, as base64. */
function maxBytesOf(tools: readonly McpTool[]): number {
  const bodies = tools.map((tool) => tool.describe().limits.maxBytes)
  return Math.ceil((Math.max(0, ...bodies) * 4) / 3) + ENVELOPE_BYTES
}
