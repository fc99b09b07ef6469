import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { GET as balance } from '../../app/api/v1/balance/route.ts'
import { GET as openApi } from '../../app/api/v1/openapi.json/route.ts'
import { GET as readRun } from '../../app/api/v1/runs/[id]/route.ts'
import { POST as price } from '../../app/api/v1/tools/[id]/price/route.ts'
import { POST as runTool } from '../../app/api/v1/tools/[id]/route.ts'
import { serveHttp } from '../../packages/dev-stack/http-server.ts'
import { PROJECT_DIRECTORY } from '../../scripts/paths.ts'
import { settleAll } from './after-answers.ts'
import { createApiClient, TEXT } from './api-client.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { at } from './key-request.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

const run = promisify(execFile)
/** Where `packages/typed-client` has its own TypeScript; the project there is written anew by each run. */
const PACKAGE = join(PROJECT_DIRECTORY, 'packages/typed-client')
const SCRATCH = join(PACKAGE, '.local')

/** A program of a customer. What it must not be able to say stands under @ts-expect-error. */
const PROGRAM = `import createClient from 'openapi-fetch'
import type { paths } from './schema.ts'

const { API_URL: baseUrl, API_KEY: key } = process.env
// Without the event streams, which it would take for text.
type Json = \`application/\${string}\`
const { GET, POST } = createClient<paths, Json>({ baseUrl, headers: { authorization: \`Bearer \${key}\` } })

const body = { text: ${JSON.stringify(TEXT.text)}, complexity: 'high' } as const
const before = await GET('/api/v1/balance')
const quote = await POST('/api/v1/tools/text-generation/price', { body })
const header = { 'Idempotency-Key': 'typed-client' }
const first = await POST('/api/v1/tools/text-generation', { body, params: { header } })
const again = await POST('/api/v1/tools/text-generation', { body, params: { header } })
const stored = await GET('/api/v1/runs/{id}', { params: { path: { id: first.data?.runId ?? 0 } } })
const refused = await POST('/api/v1/tools/text-generation', { body: { text: '', complexity: 'low' } })

// @ts-expect-error a tool that is not there
const missing = () => POST('/api/v1/tools/gold', { body: {} })
// @ts-expect-error an input that the tool does not take
const wrong = () => POST('/api/v1/tools/text-generation', { body: { text: 'a', complexity: 'free' } })

console.log(
  JSON.stringify({
    balance: before.data?.balance,
    price: quote.data?.price,
    used: first.data?.creditsUsed,
    replayed: again.response.headers.get('idempotent-replayed'),
    status: stored.data?.status,
    error: refused.error?.error,
    detail: refused.error?.detail,
  }),
)
`

const SETTINGS = {
  compilerOptions: {
    ...{ target: 'es2022', module: 'esnext', moduleResolution: 'bundler', types: ['node'] },
    ...{ strict: true, noEmit: true, allowImportingTsExtensions: true, skipLibCheck: true },
  },
  files: ['program.ts'],
}

let app: Engine
beforeAll(async () => {
  app = await openApp()
})
afterAll(() => app.close())

/** Serves the routes that the program calls; a run is settled by the time it has its answer. */
async function serve(request: Request): Promise<Response> {
  const [, , , group, id = '', more] = new URL(request.url).pathname.split('/')
  if (group === 'balance') return balance(request)
  if (group === 'runs') return readRun(request, at(id))
  const answer = await (more === 'price' ? price(request, at(id)) : runTool(request, at(id)))
  await settleAll()
  return answer
}

const node = (program: string, args: string[], env = {}) =>
  run(process.execPath, [program, ...args], { cwd: SCRATCH, env: { ...process.env, ...env } })

test('a typed client that is generated from the document runs, quotes and reads against the API', async () => {
  await mkdir(SCRATCH, { recursive: true })
  const document = await openApi(new Request('https://app.example/api/v1/openapi.json'))
  await writeFile(join(SCRATCH, 'openapi.json'), await document.text())
  await writeFile(join(SCRATCH, 'program.ts'), PROGRAM)
  await writeFile(join(SCRATCH, 'tsconfig.json'), JSON.stringify(SETTINGS))
  const modules = join(PACKAGE, 'node_modules')
  await node(join(modules, 'openapi-typescript/bin/cli.js'), ['openapi.json', '--output', 'schema.ts'])
  await node(join(modules, 'typescript/bin/tsc'), ['-p', '.'])

  const client = await createApiClient(app)
  const server = await serveHttp({ port: 0, fetch: serve })
  try {
    const { stdout } = await node('program.ts', [], { API_URL: server.url, API_KEY: client.secret })
    expect(z.json().parse(JSON.parse(stdout))).toEqual({
      ...{ balance: 100, price: 2, used: 2, replayed: 'true', status: 'succeeded' },
      ...{ error: 'bad_request', detail: expect.stringContaining('Enter a text') },
    })
  } finally {
    await server.close()
  }
  expect(await app.ledger(client.user)).toEqual(['purchase 100', 'deduction -2'])
}, 60_000)
