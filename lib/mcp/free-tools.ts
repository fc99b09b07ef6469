import type { CallToolResult, Tool } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { readRunRecord } from '@/lib/account/read-run-record'
import { readBalances } from '@/lib/api-keys/read-balances'
import { requireApiKey } from '@/lib/api-keys/require-api-key'
import { parseInput } from '@/lib/http'
import { toRequest } from '@/lib/http/api-client'
import { NotFoundError } from '@/lib/http/errors'
import { balance, quote, run } from '@/lib/openapi/answers'
import { createAdminClient } from '@/lib/supabase/admin'
import type { KeyCall } from '@/lib/tool-runner/serve-by-key'
import { objectSchema, toBody } from './arguments'
import type { McpTool } from './mcp-tool'
import { toResult } from './result'

const quoteInput = z.strictObject({
  tool: z.string().describe('The name of a tool of this server.'),
  arguments: z.record(z.string(), z.unknown()).describe('What the tool would be called with.'),
})
const runInput = z.strictObject({ runId: z.int().min(1).describe('What the answer to the call said.') })
const annotations = { readOnlyHint: true, openWorldHint: false }

type FreeTool = {
  definition: Omit<Tool, 'name'>
  run: (given: unknown, call: KeyCall, tools: readonly McpTool[]) => Promise<object>
}

/** What costs nothing and runs nothing, by name. */
const FREE_TOOLS: Record<string, FreeTool> = {
  get_balance: {
    definition: {
      title: 'Read the balance',
      description: 'Your credits, by kind. Free.',
      ...schemas(z.strictObject({}), balance),
    },
    run: async (given, { request, answer }) => {
      parseInput(z.strictObject({}), given)
      const { id } = await requireApiKey(request, 'balance:read', answer)
      return readBalances(id)
    },
  },
  get_run: {
    definition: {
      title: 'Read a run',
      description:
        'How a run stands, and its response once it has ended: for tools that answer at once and go on. Free.',
      ...schemas(runInput, run),
    },
    run: async (given, { request, answer }) => {
      const { runId } = parseInput(runInput, given)
      const { id } = await requireApiKey(request, 'history:read', answer)
      return readRunRecord(id, String(runId), createAdminClient())
    },
  },
  quote: {
    definition: {
      title: 'Ask for a price',
      description: 'What a call of another tool would cost, in credits. Runs and charges nothing. Free.',
      ...schemas(quoteInput, quote),
    },
    run: async (given, call, tools) => {
      const asked = parseInput(quoteInput, given)
      const user = await requireApiKey(call.request, 'any', call.answer)
      const tool = tools.find(({ id }) => id === asked.tool)
      if (!tool) throw new NotFoundError('There is no such tool.', 'tool_not_found')
      const body = toBody(tool.describe(), asked.arguments)
      return tool.quote({ request: new Request(call.request.url, toRequest({ body })), user })
    },
  },
}

function schemas(input: z.ZodType, output: z.ZodType) {
  return { inputSchema: objectSchema(input), outputSchema: objectSchema(output), annotations }
}

/** The tools that cost nothing, as a list of tools has them. */
export const freeTools: Tool[] = Object.entries(FREE_TOOLS).map(([name, { definition }]) => ({
  name,
  ...definition,
}))

/** Calls one of them; undefined for any other name. */
export function callFreeTool(
  name: string,
  given: unknown,
  { call, tools }: { call: KeyCall; tools: readonly McpTool[] },
): Promise<CallToolResult> | undefined {
  const tool = Object.hasOwn(FREE_TOOLS, name) ? FREE_TOOLS[name] : undefined
  return tool && toResult(() => tool.run(given, call, tools))
}
