import { randomUUID } from 'node:crypto'
import { isValidElement } from 'react'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { GET as openApi } from '../../app/api/v1/openapi.json/route.ts'
import { POST as price } from '../../app/api/v1/tools/[id]/price/route.ts'
import { GET as tools } from '../../app/api/v1/tools/route.ts'
import * as answers from '../../lib/openapi/answers.ts'
import { toName } from '../../lib/openapi/tool-schemas.ts'
import { listToolLinks } from '../../tools/nav-links.tsx'
import { requireTool } from '../../tools/registry.ts'
import { settleAll } from './after-answers.ts'
import { connectAgent } from './agent.ts'
import { type ApiClient, createApiClient, TEXT } from './api-client.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'
import { at } from './key-request.ts'
import { DOORS, openDoors } from './tool-doors.ts'

vi.mock('next/server', () => import('./after-answers.ts'))

/** The tool that is asked for at every door, and an input of it; another one by the environment. */
const tool = z
  .object({ id: z.string(), input: z.record(z.string(), z.unknown()) })
  .parse(JSON.parse(process.env.DOORS_TOOL ?? JSON.stringify({ id: 'text-generation', input: TEXT })))

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

const { id, input } = tool
const doors = () => openDoors(client, tool)

async function quote(): Promise<number> {
  const response = await price(client.request(`/api/v1/tools/${id}/price`, { body: input }), at(id))
  return answers.quote.parse(await response.json()).price
}

describe('a tool that is registered', () => {
  test('has a page, and a place in the navigation', async () => {
    const { name, renderForm, page } = await requireTool(id)
    expect((await listToolLinks()).map(({ label }) => label)).toContain(name)
    const form = renderForm({ userId: client.user, tier: null })
    expect(page === null ? isValidElement(form) : page).toBeTruthy()
  })

  test('is listed for programs, described in OpenAPI and offered to agents, at the same prices', async () => {
    const listed = answers.toolList.parse(await (await tools(client.request('/api/v1/tools'))).json())
    const entry = listed.tools.find((listing) => listing.id === id)
    const document = await (await openApi(client.request('/api/v1/openapi.json'))).json()
    const operation = document.paths[`/api/v1/tools/${id}`].post
    expect(operation['x-price'].prices).toEqual(entry?.prices)
    expect(document.components.schemas[`${toName(id)}Input`]).toMatchObject({ type: 'object' })
    const offered = (await (await connectAgent(client.secret)).listTools()).tools.find(
      ({ name }) => name === id,
    )
    expect(offered?.inputSchema).toEqual(entry?.input)
    expect(Object.values(entry?.prices.default ?? {})).toContain(await quote())
    for (const amount of Object.values(entry?.prices.default ?? {})) {
      expect(offered?.description).toMatch(new RegExp(`Costs (${amount}\\b|\\d+ to \\d+)`))
    }
  })

  test('charges the same input the same at every door', async () => {
    const expected = await quote()
    for (const open of Object.values(doors())) expect(await open()).toMatchObject({ creditsUsed: expected })
    await settleAll()
    const charged = `deduction -${expected}`
    expect(await app.ledger(client.user)).toEqual(['purchase 100', charged, charged, charged])
  })

  test.each(DOORS)('is paid once under one key, first at the %s and then at the others', async (first) => {
    const key = randomUUID()
    const result = await doors()[first](key)
    await settleAll()
    for (const open of Object.values(doors())) expect(await open(key)).toEqual(result)
    expect(await app.ledger(client.user)).toEqual(['purchase 100', `deduction -${await quote()}`])
  })

  test('is paid once under one key when every door is tried at once', async () => {
    const key = randomUUID()
    const results = await Promise.all(
      Object.values(doors()).map((open) => open(key).catch((error: object) => error)),
    )
    expect(results.filter((result) => 'creditsUsed' in result)).toHaveLength(1)
    await settleAll()
    expect(await app.ledger(client.user)).toEqual(['purchase 100', `deduction -${await quote()}`])
  })
})
