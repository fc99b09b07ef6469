import { expect, test } from 'vitest'
import { goodFor, mostRuns, savingPercent } from './good-for'

const summarize = { name: 'Summarize a text', creditType: 'general', leastPrice: 1 }
const rewrite = { name: 'Rewrite a text', creditType: 'general', leastPrice: 3 }
const convert = { name: 'Convert images', creditType: 'image', leastPrice: 2 }
const draw = { name: 'Draw a social card', creditType: 'image', leastPrice: 5 }

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
