import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import type { z } from 'zod'
import { POST } from '../../app/api/mcp/route.ts'
import { keyRoute, noInput } from '../../lib/http/routes.ts'
import { serveMcp } from '../../lib/mcp/serve-mcp.ts'
import type { Tool } from '../../lib/tool-runner/define-tool.ts'
import { describeTool } from '../../lib/tool-runner/describe-tool.ts'
import { quoteTool, serveToolByKey } from '../../lib/tool-runner/serve-by-key.ts'

/** The revisions of the protocol: with sessions, and since 2026 without. */
export const REVISIONS = ['legacy', 'auto'] as const
export type Revision = (typeof REVISIONS)[number]

type Serve = (request: Request) => Promise<Response>

/** An agent that is connected with a key of the API, by a client of the protocol itself. */
export async function connectAgent(
  key: string,
  { revision = 'legacy', serve = POST }: Partial<{ revision: Revision; serve: Serve }> = {},
) {
  const agent = new Client({ name: 'agent', version: '1' }, { versionNegotiation: { mode: revision } })
  const transport = new StreamableHTTPClientTransport(new URL('https://app.example/api/mcp'), {
    requestInit: { headers: { authorization: `Bearer ${key}` } },
    fetch: (url, init) =>
      init?.method === 'POST'
        ? serve(new Request(url, init))
        : Promise.resolve(new Response(null, { status: 405 })),
  })
  await agent.connect(transport)
  return agent
}

/** Serves a tool that is not registered, as the product serves its own. */
export function serveAlone<Schema extends z.ZodType, Result extends object>(
  tool: Tool<Schema, Result>,
): Serve {
  const entry = {
    id: tool.id,
    describe: () => describeTool(tool, { description: tool.name, unit: 'a run', prices: () => ({ run: 5 }) }),
    describePrice: () => '5 credits a run',
    serveByKey: (call: Parameters<typeof serveToolByKey>[1]) => serveToolByKey(tool, call),
    quote: (call: Parameters<typeof quoteTool>[1]) => quoteTool(tool, call),
  }
  return keyRoute('charge', noInput, (call) => serveMcp(call, [entry]))
}
