import {
  type CallToolRequest,
  type CallToolResult,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { type RunProgress, toRequest } from '@/lib/http/api-client'
import type { KeyCall } from '@/lib/tool-runner/serve-by-key'
import { toBody } from './arguments'
import { callFreeTool } from './free-tools'
import type { McpTool } from './mcp-tool'
import { toResult } from './result'
import { runKey } from './run-key'

type Called = { call: KeyCall; tools: readonly McpTool[] }

/**
 * Calls a tool as `/api/v1` does: the same key, limits, price and idempotency. The run ends when the client cancels the
 * request or goes away.
 * @throws ProtocolError for a tool that is not there
 */
export async function callTool(
  { name, arguments: given = {} }: CallToolRequest['params'],
  context: ServerContext,
  { call, tools }: Called,
): Promise<CallToolResult> {
  const { id, signal, _meta } = context.mcpReq
  const free = callFreeTool(name, given, { call, tools })
  if (free) return free
  const tool = tools.find(({ id }) => id === name)
  if (!tool) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${name}.`)
  const onProgress = followProgress(context)
  return toResult(async () => {
    const body = toBody(tool.describe(), given)
    const idempotencyKey = runKey(call.request, id, _meta?.idempotencyKey)
    const request = new Request(call.request.url, toRequest({ body, idempotencyKey, onProgress, signal }))
    return tool.serveByKey({ ...call, request, source: 'mcp' })
  }, onProgress)
}

/** Tells a client that asked for it how far its run has come. */
function followProgress({ mcpReq: { notify, _meta } }: ServerContext) {
  const progressToken = _meta?.progressToken
  if (progressToken === undefined) return undefined
  return ({ done: progress, total, message }: RunProgress) => {
    const params = { progressToken, progress, total, message }
    // Who cannot be told how far it is waits for the result.
    void notify({ method: 'notifications/progress', params }).catch(() => undefined)
  }
}
