import { expect, test } from 'vitest'
import { summarizeInput } from './summarize-input'

test('a short input is kept as it is', () => {
  const input = { text: 'Hello', size: 2, dark: true, note: null, tags: ['a'] }
  expect(summarizeInput(input)).toEqual(input)
})

test('files are kept by their names, never their bytes', () => {
  const files = [new File(['secret'], 'a.png'), new File(['secret'], 'b.png')]
  expect(summarizeInput({ files })).toEqual({ files: ['a.png', 'b.png'] })
})

test('a long text is cut, and never in the middle of a character', () => {
  const { text } = Object(summarizeInput({ text: `${'x'.repeat(199)}😀${'y'.repeat(20_000)}` }))
  expect(text).toHaveLength(201)
  expect(text.isWellFormed()).toBe(true)
})

test('what the database cannot keep is left out', () => {
  expect(summarizeInput({ text: 'a\0b', 'c\0': 1, big: 1n, at: new Date(0), none: undefined })).toEqual({
    ...{ text: 'ab', c: 1, big: '1', at: '1970-01-01T00:00:00.000Z', none: null },
  })
})

test.each([
  ['many fields', Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`f${index}`, index]))],
  ['a long list', { list: Array.from({ length: 100_000 }, (_, index) => index) }],
  ['deep nesting', { a: { b: { c: { d: { e: { f: 1 } } } } } }],
])('%s is bounded', (_, input) => {
  expect(JSON.stringify(summarizeInput(input)).length).toBeLessThan(1_000)
})

test('what is too long even so is not kept', () => {
  const rows = Array.from({ length: 20 }, () => 'x'.repeat(200))
  expect(summarizeInput({ rows, again: rows })).toBeNull()
})
