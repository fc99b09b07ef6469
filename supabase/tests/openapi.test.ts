import { globSync } from 'node:fs'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { GET as openApi } from '../../app/api/v1/openapi.json/route.ts'
import { listTools } from '../../tools/registry.ts'
import { openApp } from './app.ts'
import type { Engine } from './engine.ts'

const document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.looseObject({}))),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
})

let app: Engine
let source: string
let paths: z.output<typeof document>['paths']
let components: z.output<typeof document>['components']
beforeAll(async () => {
  app = await openApp()
  const response = await openApi(new Request('https://app.example/api/v1/openapi.json'))
  source = await response.text()
  ;({ paths, components } = document.parse(JSON.parse(source)))
})
afterAll(() => app.close())

test('the document is valid OpenAPI 3.1, by the linter of Redocly', async () => {
  const config = await createConfig({
    extends: ['recommended-strict'],
    // What these ask for is a choice of the owner, or of who deploys it.
    rules: { 'info-license': 'off', 'no-server-example.com': 'off' },
  })
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([])
})

test('what is not valid is found', async () => {
  const config = await createConfig({ extends: ['recommended-strict'] })
  const broken = source.replaceAll('"responses"', '"replies"')
  expect(await lintFromString({ source: broken, absoluteRef: 'openapi.json', config })).not.toEqual([])
})

test('it has every route of /api/v1, and each tool with its input and its price', async () => {
  const routes = globSync('app/api/v1/**/route.ts')
    .map((file) => file.replaceAll('\\', '/').replace(/^app|\/route\.ts$/g, ''))
    .filter((path) => !/tools\/\[id\]|openapi\.json|\.\.\./.test(path))
    .map((path) => path.replaceAll('[', '{').replaceAll(']', '}'))
  expect(routes.length).toBeGreaterThan(4)
  const tools = (await listTools()).map((tool) => tool.describe())
  const ofTools = tools.flatMap(({ id }) => [`/api/v1/tools/${id}`, `/api/v1/tools/${id}/price`])
  expect(Object.keys(paths).sort()).toEqual([...routes, ...ofTools].sort())
  for (const { id, input, prices, unit, contentType, creditType, requiredTier } of tools) {
    expect(paths[`/api/v1/tools/${id}`]?.post).toMatchObject({
      'x-price': { prices, unit, creditType, requiredTier },
      requestBody: { content: { [contentType]: { schema: { $ref: expect.stringMatching(/Input$/) } } } },
    })
    expect(Object.values(components.schemas)).toContainEqual(JSON.parse(JSON.stringify(input)))
  }
})
