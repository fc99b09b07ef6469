import { expect, it } from 'vitest'
import { z } from 'zod'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { describeTool } from '@/lib/tool-runner/describe-tool'
import { toOpenApi } from '../document'
import { curlCommand } from './curl-command'
import { readReference } from './read-reference'

const branch = z.strictObject({
  label: z.string(),
  get children() {
    return z.array(branch)
  },
})
const file = z.file().max(1_000)

const page = { description: 'Counts `words`.', unit: 'a run', prices: () => ({ run: 3 }) }
const describeWith = <Schema extends z.ZodType>(id: string, input: Schema, body?: 'form') =>
  describeTool(
    defineTool<Schema, object>({ ...{ id, name: id, input, body }, cost: () => 3, run: () => ({}) }),
    page,
  )

const tools = [
  describeWith(
    'count',
    z.strictObject({ text: z.string().max(500), mode: z.enum(['a', "b's"]).default("b's") }),
  ),
  describeWith(
    'convert',
    z.strictObject({ images: z.array(file).max(4), to: z.enum(['webp', 'png']) }),
    'form',
  ),
  describeWith('plant', branch),
]
const document = toOpenApi(tools, { name: 'Acme', url: 'https://app.acme.test', version: '1' })
const { groups, problem } = readReference(document)
const operations = groups.flatMap((group) => group.operations)
const find = (id: string) => {
  const found = operations.find((operation) => operation.id === id)
  if (!found) throw new Error(`There is no ${id}`)
  return found
}

it('has every operation of the document, once', () => {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(document)
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(all.sort())
})

it('says of each field what it may be', () => {
  expect(find('run_count').body).toEqual({
    contentType: 'application/json',
    fields: [
      { name: 'text', type: 'string', required: true, notes: ['0 to 500 characters'] },
      { name: 'mode', type: 'string', required: false, notes: ["`a`, `b's`", "default `b's`"] },
    ],
  })
  expect(find('run_convert').body?.fields[0]).toEqual({
    ...{ name: 'images', type: 'file[]', required: true, notes: ['0 to 4 entries'] },
  })
  expect(problem.map(({ name }) => name)).toContain('message')
})

it('names the fields inside of others by their path, and ends where they hold themselves', () => {
  const names = find('get_balance').responses[0]?.fields.map(({ name }) => name)
  expect(names).toContain('balances.*.totalUsed')
  expect(names).toEqual([...new Set(names)])
  const tree = find('run_plant').body?.fields.map(({ name }) => name) ?? []
  expect(tree.slice(0, 3)).toEqual(['label', 'children', 'children[].label'])
  expect(tree.length).toBeLessThan(20)
})

it('offers a body that the tool takes, and fields for a form', () => {
  expect(JSON.parse(find('run_count').json ?? '')).toEqual({ text: 'Some text.', mode: "b's" })
  const { json, inputs } = find('run_convert')
  expect(json).toBeNull()
  expect(inputs.filter((input) => input.in === 'form')).toEqual([
    { in: 'form', name: 'images', kind: 'file', required: true, choices: [], value: '' },
    { in: 'form', name: 'to', kind: 'choice', required: true, choices: ['webp', 'png'], value: 'webp' },
  ])
})

it('writes commands that a shell takes as they are meant', () => {
  expect(find('get_run').curl).toBe(
    "curl https://app.acme.test/api/v1/runs/1 \\\n  -H 'Authorization: Bearer lb_…'",
  )
  expect(find('cancel_run').curl).toContain('-X POST')
  expect(find('run_count').curl).toContain(`-d '{"text":"Some text.","mode":"b'\\''s"}'`)
  expect(find('run_convert').curl).toContain("-F 'images=@file' \\\n  -F 'to=webp'")
  const url = 'https://app.acme.test/$(rm)'
  expect(curlCommand({ method: 'get', url, json: undefined, form: [] })).toContain(`curl '${url}'`)
})
