import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { GET, POST } from '../../app/api/mcp/route.ts'
import { defineTool } from '../../lib/tool-runner/define-tool.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { settleAll } from './after-answers.ts'
import { serveAlone } from './agent.ts'
import { createApiClient, TEXT } from './api-client.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

const run = promisify(execFile)

let app: Engine
let key: string
let user: string
beforeAll(async () => {
  app = await openApp()
  const client = await createApiClient(app)
  key = client.secret
  user = client.user
})
afterAll(async () => {
  await settleAll()
  await app.expectSoundLedger()
  await app.close()
})

/** Serves what is asked on a port; with `key`, a request of a client that can send none carries it, but not one of a page. */
async function open(serve: (request: Request) => Promise<Response>, key?: string) {
  return serveHttp({
    port: 0,
    fetch: async (request) => {
      if (request.method !== 'POST') return GET()
      const headers = new Headers(request.headers)
      const ownHost = new URL(request.url).hostname === '127.0.0.1'
      if (key && ownHost) headers.set('authorization', `Bearer ${key}`)
      return serve(new Request(request, { headers }))
    },
  })
}

const require = createRequire(import.meta.url)
const CONFORMANCE = require.resolve('@modelcontextprotocol/conformance/dist/index.js')
const INSPECTOR = require.resolve('@modelcontextprotocol/inspector-cli/build/index.js')

/** Runs a program of a package from its own folder, where it looks for its parts. */
async function runProgram(program: string, args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [program, ...args], { cwd: dirname(program) })
  return stdout
}

describe('the conformance suite of the protocol passes', () => {
  const check = (url: string, scenario: string) =>
    runProgram(CONFORMANCE, ['server', ...['--url', `${url}/api/mcp`], ...['--scenario', scenario]])

  test.each([
    'server-initialize',
    'ping',
    'tools-list',
    'server-sse-multiple-streams',
    'dns-rebinding-protection',
  ])('%s, on the product’s own tools', async (scenario) => {
    const server = await open(POST, key)
    try {
      expect(await check(server.url, scenario)).toContain('0 failed')
    } finally {
      await server.close()
    }
  })

  const told = defineTool({
    id: 'test_tool_with_progress',
    name: 'Tell its progress',
    input: z.strictObject({}),
    cost: () => 1,
    run: ({ progress }) => {
      for (const done of [0, 50, 100]) progress({ done, total: 100, message: `${done} of 100` })
      return { done: true }
    },
  })
  const failing = defineTool({
    id: 'test_error_handling',
    name: 'Fail',
    input: z.strictObject({}),
    cost: () => 1,
    run: () => {
      throw new Error('secret detail')
    },
  })
  test.each([
    ['tools-call-with-progress', serveAlone(told)],
    ['tools-call-error', serveAlone(failing)],
  ])('%s, on a tool that it asks for', async (scenario, serve) => {
    const server = await open(serve, key)
    try {
      expect(await check(server.url, scenario)).toContain('0 failed')
    } finally {
      await server.close()
    }
  })
})

describe('the inspector', () => {
  const inspected = z.looseObject({
    tools: z.array(z.looseObject({ name: z.string() })).default([]),
    structuredContent: z.unknown().optional(),
    isError: z.boolean().optional(),
  })
  const inspect = async (url: string, ...args: string[]) => {
    const header = `Authorization: Bearer ${key}`
    const said = await runProgram(INSPECTOR, [
      `${url}/api/mcp`,
      ...['--transport', 'http', '--header', header, '--method'],
      ...args,
    ])
    return inspected.parse(JSON.parse(said))
  }

  test('lists the tools, calls one and reads the balance with a key', async () => {
    const server = await open(POST)
    try {
      const { tools } = await inspect(server.url, 'tools/list')
      expect(tools.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['text-generation', 'get_balance', 'quote']),
      )
      const before = (await app.wallet(user)).balance
      const call = ['tools/call', '--tool-name', 'text-generation', '--tool-arg', `text=${TEXT.text}`]
      expect((await inspect(server.url, ...call)).structuredContent).toMatchObject({ creditsUsed: 1 })
      await settleAll()
      const read = await inspect(server.url, 'tools/call', '--tool-name', 'get_balance')
      expect(read.structuredContent).toMatchObject({ balance: before - 1 })
    } finally {
      await server.close()
    }
  })
})
