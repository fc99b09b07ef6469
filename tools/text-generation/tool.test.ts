import { describe, expect, test } from 'vitest'
import { runAlone } from '@/lib/tool-runner/testing'
import { summarize } from './tool'

const text = `The harbour opened in 1887. The harbour made the town rich, for the harbour was the only deep one on the coast.
Cats sleep in the sun. Ships from the whole coast unloaded in the harbour, and the town taxed each ship.
My aunt likes tea. Taxes on ships paid for the town hall, the school and the lighthouse of the harbour.`

const run = (input: unknown) => runAlone(summarize, input)

describe('a summary', () => {
  test('is made of sentences of the text, in their order', async () => {
    const { summary } = await run({ text, complexity: 'medium' })
    const flat = text.replace(/\s+/g, ' ')
    const positions = summary.split(/(?<=\.) /).map((sentence) => flat.indexOf(sentence))
    expect(positions).toHaveLength(4)
    expect(positions).not.toContain(-1)
    expect(positions).toEqual([...positions].sort((a, b) => a - b))
  })

  test('keeps what the text is about and drops what it is not', async () => {
    const { summary, keywords } = await run({ text, complexity: 'low' })
    expect(summary).toContain('harbour')
    expect(summary).not.toMatch(/Cats|aunt/)
    expect(keywords[0]).toBe('harbour')
  })

  test.each([
    ['low', 2],
    ['medium', 4],
    ['high', 6],
  ])('of %s complexity has at most %i sentences', async (complexity, count) => {
    const { sentences } = await run({ text, complexity })
    expect(sentences).toEqual({ before: 6, after: count })
  })

  test('of a single sentence is that sentence', async () => {
    expect((await run({ text: 'Nothing more to say' })).summary).toBe('Nothing more to say')
  })

  test('works in scripts without spaces', async () => {
    const { sentences } = await run({
      text: '港は一八八七年に開いた。港は町を豊かにした。猫は日なたで眠る。',
    })
    expect(sentences).toEqual({ before: 3, after: 2 })
  })

  test('of the longest and most repetitive text there may be is made', async () => {
    const { sentences } = await run({ text: 'A bc. '.repeat(3333), complexity: 'high' })
    expect(sentences.after).toBe(6)
  })
})

test.each([
  ['no text', { text: '' }],
  ['blanks only', { text: '  \n ' }],
  ['20,001 characters', { text: 'x'.repeat(20_001) }],
  ['an unknown complexity', { text: 'x', complexity: 'free' }],
  ['a price of the sender', { text: 'x', cost: 0 }],
])('%s is refused before anything is charged', (_, input) => {
  expect(summarize.input.safeParse(input).success).toBe(false)
})

test('a text without a sentence is refused in words', async () => {
  await expect(run({ text: '12 34 56' })).rejects.toThrow('There are no sentences in this text.')
})
