import { createConfig, lintFromString } from '@redocly/openapi-core'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { describeTool } from '@/lib/tool-runner/describe-tool'
import { toOpenApi } from './document'

const page = { description: 'Counts what is in it.', unit: 'a run', prices: () => ({ run: 3 }) }

/** A field, and fields in it. */
const branch = z.strictObject({
  label: z.string(),
  get children() {
    return z.array(branch)
  },
})

const inputs = {
  plain: z.strictObject({ text: z.string().min(1) }),
  'that-holds-itself': branch,
  'that holds one that does': z.strictObject({ tree: branch, other: branch.optional() }),
  'with a field made ready': z.strictObject({
    list: z.preprocess((value) => [value], z.array(z.string())),
    mode: z.enum(['a', 'b']).default('a'),
  }),
}

const descriptions = Object.entries(inputs).map(([id, input]) =>
  describeTool(
    defineTool<typeof input, object>({ id, name: id, input, cost: () => 3, run: () => ({}) }),
    page,
  ),
)

async function lint(source: string) {
  const config = await createConfig({ extends: ['recommended-strict'], rules: { 'info-license': 'off' } })
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config })
  return problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])
}

const service = { name: 'Acme', url: 'https://app.acme.test', version: '1' }

it.each(descriptions)('describes a tool whose input is $id validly', async (description) => {
  const source = JSON.stringify(
    toOpenApi([{ ...description, id: description.id.replaceAll(' ', '-') }], service),
  )
  expect(await lint(source)).toEqual([])
  expect(source).not.toContain('#/$defs/')
  expect(source).not.toContain('"$ref":"#"')
})

it('says of a field that is made ready what it becomes, and that one with a default may be left out', () => {
  const made = descriptions.find(({ id }) => id === 'with a field made ready')
  expect(made?.input).toMatchObject({
    properties: { list: { type: 'array', items: { type: 'string' } }, mode: { default: 'a' } },
    required: ['list'],
  })
})
