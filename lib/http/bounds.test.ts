import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { hashRequest } from '@/lib/tool-runner/hash-request'
import { assertBounded } from './bounds'
import { parseInput } from './parse-input'
import { readJson } from './read-body'

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

const send = (body: string) =>
  readJson(
    new Request('http://localhost/api', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }),
    z.json(),
    { maxBytes: 1_000_000 },
  )

describe('a JSON body', () => {
  test.each([
    ['nested deeper than anything needs', nested(66)],
    ['nested deeper than the stack', nested(400_000)],
    ['of more values than anything needs', `[${'1,'.repeat(100_000)}1]`],
  ])('%s is a 400', async (_, body) => {
    await expect(send(body)).rejects.toMatchObject({ status: 400 })
  })

  test('of the usual kind is read', async () => {
    await expect(send(nested(60))).resolves.toBeDefined()
    await expect(send(`[${'1,'.repeat(90_000)}1]`)).resolves.toHaveLength(90_001)
  })
})

test('whatever an input is, looking through it needs no stack', async () => {
  const deep: unknown = JSON.parse(nested(100_000))
  expect(() => assertBounded(deep)).toThrow('nested too deeply')
  expect(() => parseInput(z.unknown(), deep)).not.toThrow()
  await expect(hashRequest('tool', deep)).rejects.toMatchObject({ status: 400 })
})
