import type { Tool } from '@modelcontextprotocol/server'
import { nameUnit } from '@/lib/credit-type'
import { receipt } from '@/lib/openapi/answers'
import { type MembershipTier, TIER_NAMES } from '@/lib/tiers'
import { argumentsSchema, objectSchema } from './arguments'
import { freeTools } from './free-tools'
import type { McpTool } from './mcp-tool'

const outputSchema = objectSchema(receipt)

const IN_BACKGROUND = 'It answers at once with its `runId` and goes on: ask `get_run` for the result.'

/** Every tool as the protocol lists it, with what it costs this caller; and those that cost nothing. */
export function listMcpTools(tools: readonly McpTool[], tier: MembershipTier | null): Tool[] {
  return [...tools.map((tool) => toListed(tool, tier)), ...freeTools]
}

function toListed(tool: McpTool, tier: MembershipTier | null): Tool {
  const description = tool.describe()
  const { requiredTier } = description
  const price = tool.describePrice(tier, nameUnit(description.creditType))
  return {
    name: tool.id,
    title: description.name,
    description: [
      description.description,
      `Costs ${price}.`,
      ...(requiredTier ? [`Needs the ${TIER_NAMES[requiredTier]} membership.`] : []),
      ...(description.background ? [IN_BACKGROUND] : []),
    ].join(' '),
    inputSchema: argumentsSchema(description),
    // What a run in the background says first is not what a repeated call gets in the end.
    ...(!description.background && { outputSchema }),
    // Whoever calls it again pays again.
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false },
  }
}
