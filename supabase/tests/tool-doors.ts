import { POST as runTool } from '../../app/api/v1/tools/[id]/route.ts'
import { requireTool } from '../../tools/registry.ts'
import { connectAgent } from './agent.ts'
import type { ApiClient } from './api-client.ts'
import { at } from './key-request.ts'

/** Where a tool is run: on its page, by a REST call, or by a call of an agent. */
export const DOORS = ['page', 'rest', 'mcp'] as const

type Door = (key?: string) => Promise<object>

const headersFor = (key?: string): Record<string, string> =>
  key === undefined ? {} : { 'idempotency-key': key }

/** What runs a tool at each door for the person of `client`, under an idempotency key where one is given. */
export function openDoors(
  client: ApiClient,
  { id, input }: { id: string; input: Record<string, unknown> },
): Record<(typeof DOORS)[number], Door> {
  return {
    page: async (key) => {
      const tool = await requireTool(id)
      const request = client.request('/', { key: null, body: input, headers: headersFor(key) })
      const user = { id: client.user, email: 'a@example.com', sessionId: client.owner.session }
      const answer = await tool.serve({ request, user })
      return answer instanceof Response ? answer.json() : answer
    },
    rest: async (key) => {
      const sent = { body: input, headers: headersFor(key) }
      return (await runTool(client.request(`/api/v1/tools/${id}`, sent), at(id))).json()
    },
    mcp: async (key) => {
      const agent = await connectAgent(client.secret)
      const _meta = key === undefined ? {} : { idempotencyKey: key }
      const { structuredContent } = await agent.callTool({ name: id, arguments: input, _meta })
      return Object(structuredContent)
    },
  }
}
