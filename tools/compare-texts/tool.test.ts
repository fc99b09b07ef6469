import { describe, expect, test } from 'vitest'
import { runAlone } from '@/lib/tool-runner/testing'
import { MAX_CHARACTERS } from './limits'
import { compareTexts } from './tool'

const run = (input: unknown) => runAlone(compareTexts, input)
const cost = (before: string, after: string) =>
  compareTexts.cost({ input: { before, after, unit: 'words' }, tier: 'pro' })

/** What the parts say one version was: what is in both, and what that one has alone. */
const versionOf = (parts: { kind: string; text: string }[], own: string) =>
  parts
    .filter(({ kind }) => kind === 'same' || kind === own)
    .map(({ text }) => text)
    .join('')

describe('two versions', () => {
  const before = 'The harbor opened in 1874. Cats sleep. The town was rich.'
  const after = 'The harbor opened in 1887. The town was rich, for once.'

  test('are told apart word by word, and both can be read from what comes back', async () => {
    const { parts, changes } = await run({ before, after })
    expect(parts).toContainEqual({ kind: 'removed', text: '1874' })
    expect(parts).toContainEqual({ kind: 'added', text: '1887' })
    expect(versionOf(parts, 'removed')).toBe(before)
    expect(versionOf(parts, 'added')).toBe(after)
    expect(changes).toEqual({ added: 1, removed: 1, replaced: 1 })
  })

  test('are told apart line by line', async () => {
    const { parts } = await run({
      before: 'one\ntwo\nthree\n',
      after: 'one\n2\nthree\nfour\n',
      unit: 'lines',
    })
    expect(parts).toEqual([
      { kind: 'same', text: 'one\n' },
      { kind: 'removed', text: 'two\n' },
      { kind: 'added', text: '2\n' },
      { kind: 'same', text: 'three\n' },
      { kind: 'added', text: 'four\n' },
    ])
  })

  test('without a change are the same, line endings of another system aside', async () => {
    const { changes } = await run({ before: 'one\r\ntwo', after: 'one\ntwo' })
    expect(changes).toEqual({ added: 0, removed: 0, replaced: 0 })
  })

  test('in a script without spaces are compared by its words', async () => {
    const { parts } = await run({ before: '猫は日なたで眠る。', after: '犬は日なたで眠る。' })
    expect(parts.slice(0, 2)).toEqual([
      { kind: 'removed', text: '猫' },
      { kind: 'added', text: '犬' },
    ])
  })

  test('as long as they may be are compared within the time of a run', async () => {
    const text = Array.from({ length: 8_000 }, (_, place) => `w${place % 97}`)
      .join(' ')
      .slice(0, MAX_CHARACTERS)
    const { changes } = await run({ before: text, after: text.replaceAll('w13 ', 'x ') })
    expect(changes.replaced).toBeGreaterThan(50)
  })

  test('that have too little in common are refused in words, before the work is done', async () => {
    const words = (letter: string) =>
      Array.from({ length: 6_000 }, (_, place) => `${letter}${place}`).join(' ')
    await expect(run({ before: words('a'), after: words('b') })).rejects.toThrow('too little in common')
  })
})

test('they cost a credit for every 10,000 characters of both', () => {
  expect(cost('a', 'b')).toBe(1)
  expect(cost('a'.repeat(5_000), 'b'.repeat(5_000))).toBe(1)
  expect(cost('a'.repeat(5_001), 'b'.repeat(5_000))).toBe(2)
  expect(cost('a'.repeat(MAX_CHARACTERS), 'b'.repeat(MAX_CHARACTERS))).toBe(8)
})

test.each([
  ['nothing', {}],
  ['one version', { before: 'a' }],
  ['a blank version', { before: 'a', after: ' \n ' }],
  ['too long a version', { before: 'a', after: 'x'.repeat(MAX_CHARACTERS + 1) }],
  ['an unknown way to compare', { before: 'a', after: 'b', unit: 'letters' }],
  ['a price of the sender', { before: 'a', after: 'b', cost: 0 }],
  ['a membership of the sender', { before: 'a', after: 'b', tier: 'pro' }],
])('%s is refused before anything is charged', (_, input) => {
  expect(compareTexts.input.safeParse(input).success).toBe(false)
})
