import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { POST } from '../../app/api/mcp/route.ts'
import { nameUnit } from '../../lib/credit-type.ts'
import { defineTool } from '../../lib/tool-runner/define-tool.ts'
import { listTools } from '../../tools/registry.ts'
import { settleAll } from './after-answers.ts'
import { connectAgent, REVISIONS, type Revision, serveAlone } from './agent.ts'
import { type ApiClient, createApiClient, TEXT } from './api-client.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

let app: Engine
let client: ApiClient
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  client = await createApiClient(app)
  return client.finish
})

const connect = (revision: Revision = 'legacy', key = client.secret) => connectAgent(key, { revision })
const ledger = () => app.ledger(client.user)

describe.each(REVISIONS)('an agent (%s)', (revision) => {
  test('finds every tool with its schema and price, and what is free', async () => {
    const { tools } = await (await connect(revision)).listTools()
    const registered = await listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      ...registered.map(({ id }) => id),
      'get_balance',
      'get_run',
      'quote',
    ])
    for (const entry of registered) {
      const tool = tools.find(({ name }) => name === entry.id)
      expect(tool).toMatchObject({ title: entry.name, inputSchema: { type: 'object' } })
      expect(tool?.description).toContain(`Costs ${entry.describePrice(null, nameUnit('general'))}.`)
    }
    expect(tools[0]?.inputSchema).toEqual(registered[0]?.describe().input)
  })

  test('runs a tool, which is charged once and answers in text and structure', async () => {
    const agent = await connect(revision)
    const result = await agent.callTool({ name: 'text-generation', arguments: TEXT })
    expect(result.structuredContent).toMatchObject({
      summary: expect.any(String),
      creditsUsed: 1,
      newBalance: 99,
    })
    const [text] = result.content
    expect(text?.type === 'text' && JSON.parse(text.text)).toEqual(result.structuredContent)
    const [run] = await app.owner`select source from runs where user_id = ${client.user}`
    expect(run?.source).toBe('mcp')
    expect(await ledger()).toEqual(['purchase 100', 'deduction -1'])
  })

  test('sends files, follows the progress and sees the images', async () => {
    const steps: unknown[] = []
    const agent = await connect(revision)
    const result = await agent.callTool(
      { name: 'image-conversion', arguments: { format: 'png', images: [picture(), picture()] } },
      { onprogress: (step) => steps.push(step) },
    )
    expect(steps).toEqual([
      { progress: 0, total: 2, message: 'Converting dot.gif' },
      { progress: 1, total: 2, message: 'Converting dot.gif' },
      { progress: 2, total: 2, message: 'Done' },
    ])
    expect(result.structuredContent).toMatchObject({ converted: 2, creditsUsed: 2 })
    const images = result.content.filter(({ type }) => type === 'image')
    expect(images).toMatchObject([{ mimeType: 'image/png' }, { mimeType: 'image/png' }])
    expect(result.content[0]).toMatchObject({ text: expect.stringContaining('image 1 below') })
  })

  test('reads its balance and asks for a price, and pays for neither', async () => {
    const agent = await connect(revision)
    expect((await agent.callTool({ name: 'get_balance' })).structuredContent).toMatchObject({ balance: 100 })
    const asked = { tool: 'text-generation', arguments: { ...TEXT, complexity: 'high' } }
    const quote = await agent.callTool({ name: 'quote', arguments: asked })
    expect(quote.structuredContent).toMatchObject({ price: 2, tier: null, creditType: 'general' })
    const many = { format: 'png', images: [picture(), picture(), picture()] }
    const files = await agent.callTool({
      name: 'quote',
      arguments: { tool: 'image-conversion', arguments: many },
    })
    expect(files.structuredContent).toMatchObject({ price: 3 })
    expect(await ledger()).toEqual(['purchase 100'])
  })

  test('is told why a call is refused, as programs are, and pays nothing', async () => {
    const agent = await connect(revision)
    const refused = async (name: string, given: Record<string, unknown>) => {
      const { isError, structuredContent } = await agent.callTool({ name, arguments: given })
      expect(isError).toBe(true)
      return structuredContent
    }
    await expect(agent.callTool({ name: 'gold' })).rejects.toThrow('There is no tool gold.')
    expect(await refused('quote', { tool: 'gold', arguments: {} })).toMatchObject({ error: 'tool_not_found' })
    expect(await refused('text-generation', { text: '' })).toMatchObject({
      error: 'bad_request',
      fields: [{ path: 'text' }],
    })
    const file = { name: 'a.png', data: 'not base64!' }
    expect(await refused('image-conversion', { format: 'png', images: [file] })).toMatchObject({
      status: 400,
    })
    expect(await refused('text-generation', { text: 'x'.repeat(200_000) })).toMatchObject({
      error: 'payload_too_large',
    })
    await app.call('deduct_credits', { p_user_id: client.user, p_amount: 99 })
    expect(await refused('text-generation', { ...TEXT, complexity: 'high' })).toMatchObject({
      error: 'insufficient_credits',
      balance: 1,
      price: 2,
    })
  })

  test('sends a call again with its own key, and pays once; also across the doors', async () => {
    const [first, second] = [await connect(revision), await connect(revision)]
    const call = { name: 'text-generation', arguments: TEXT, _meta: { idempotencyKey: 'once' } }
    const { structuredContent } = await first.callTool(call)
    await settleAll()
    expect((await second.callTool(call)).structuredContent).toEqual(structuredContent)
    const byApi = await client.summarize({ headers: { 'idempotency-key': 'once' } })
    expect(await byApi.json()).toEqual(structuredContent)
    const other = { ...call, arguments: { text: 'Another text. It is short.' } }
    expect((await first.callTool(other)).structuredContent).toMatchObject({ error: 'idempotency_conflict' })
    expect(await ledger()).toEqual(['purchase 100', 'deduction -1'])
  })
})

/** A small image as an agent sends it. */
function picture() {
  const data = 'R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs='
  return { name: 'dot.gif', type: 'image/gif', data }
}

test('a request of a session that is sent twice is paid once', async () => {
  const body = {
    jsonrpc: '2.0',
    id: 7,
    method: 'tools/call',
    params: { name: 'text-generation', arguments: TEXT },
  }
  const send = async (session: string) => {
    const headers = { accept: 'application/json, text/event-stream', 'mcp-session-id': session }
    const response = await POST(client.request('/api/mcp', { body, headers }))
    const [, data = ''] = /^data: (.+)$/m.exec(await response.text()) ?? []
    return JSON.parse(data).result.structuredContent
  }
  const first = await send('one')
  await settleAll()
  expect(await send('one')).toEqual(first)
  expect(await send('another')).not.toEqual(first)
  expect(await ledger()).toEqual(['purchase 100', 'deduction -1', 'deduction -1'])
})

test('a tool that runs in the background answers at once, and its run is followed', async () => {
  const slow = defineTool({
    id: 'slow',
    name: 'Take long',
    input: z.strictObject({}),
    background: true,
    cost: () => 5,
    run: () => ({ done: true }),
  })
  const agent = await connectAgent(client.secret, { serve: serveAlone(slow) })
  expect((await agent.listTools()).tools[0]?.description).toContain('ask `get_run`')
  const queued = await agent.callTool({ name: 'slow' })
  expect(queued.structuredContent).toMatchObject({ status: 'queued', creditsHeld: 5 })
  const given = { runId: Object(queued.structuredContent).runId }
  const followed = await agent.callTool({ name: 'get_run', arguments: given })
  expect(followed.structuredContent).toMatchObject({ tool: 'slow', status: 'queued', source: 'mcp' })
  const stranger = await connectAgent((await createApiClient(app)).secret)
  const refused = await stranger.callTool({ name: 'get_run', arguments: given })
  expect(refused.structuredContent).toMatchObject({ error: 'run_not_found' })
})
