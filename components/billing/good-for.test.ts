import { expect, test } from 'vitest'
import { goodFor, mostRuns, opensTools, openTools, savingPercent } from './good-for'

const summarize = { name: 'Summarize a text', creditType: 'general', leastPrice: 1, requiredTier: null }
const rewrite = { name: 'Rewrite a text', creditType: 'general', leastPrice: 3, requiredTier: null }
const convert = { name: 'Convert images', creditType: 'image', leastPrice: 2, requiredTier: null }
const draw = { name: 'Draw a social card', creditType: 'image', leastPrice: 5, requiredTier: null }

test.each([
  [[summarize], 'general', null],
  [[summarize, convert, draw], 'general', 'Good for Summarize a text'],
  [[summarize, convert, draw], 'image', 'Good for Convert images and Draw a social card'],
  [[summarize, convert], 'calling', null],
  [[], 'general', null],
])('of the tools %j, %s credits are "%s"', (tools, creditType, text) => {
  expect(goodFor(tools, creditType)).toBe(text)
})

test('credits are counted in runs of the tool that takes the fewest', () => {
  const tools = [draw, rewrite, convert, summarize]
  expect(mostRuns({ credits: 500, creditType: 'general' }, tools)).toEqual({
    name: 'Summarize a text',
    runs: 500,
  })
  expect(mostRuns({ credits: 25, creditType: 'image' }, tools)).toEqual({ name: 'Convert images', runs: 12 })
  expect(mostRuns({ credits: 25, creditType: 'calling' }, tools)).toBeNull()
  expect(mostRuns({ credits: 25, creditType: 'general' }, [{ ...summarize, leastPrice: 0 }])).toBeNull()
})

test('a plan says what its membership opens, and nothing is promised to who has none', () => {
  const compare = { ...summarize, name: 'Compare two texts', requiredTier: 'pro' as const }
  const film = { ...summarize, name: 'Render a film', requiredTier: 'enterprise' as const }
  const tools = [summarize, compare, film]
  expect(opensTools(null, tools)).toBeNull()
  expect(opensTools('pro', tools)).toBe('Opens Compare two texts')
  expect(opensTools('enterprise', tools)).toBe('Opens Compare two texts and Render a film')
  expect(opensTools('pro', [summarize])).toBeNull()
  expect(openTools(null, tools)).toEqual([summarize])
  expect(openTools('pro', tools)).toEqual([summarize, compare])
})

test('a larger package says what it saves, of its own kind and currency alone', () => {
  const small = { credits: 100, creditType: 'general', price: 1000, currency: 'USD' }
  const large = { ...small, credits: 500, price: 4000 }
  const tiny = { ...small, credits: 999, price: 9985 }
  const others = [
    { ...small, creditType: 'image', price: 99_000 },
    { ...small, currency: 'JPY', price: 99_000 },
  ]
  expect(savingPercent(large, [small, large, ...others])).toBe(20)
  expect(savingPercent(small, [small, large, ...others])).toBeNull()
  expect(savingPercent(tiny, [small, tiny])).toBeNull()
})
