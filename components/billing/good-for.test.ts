import { expect, test } from 'vitest'
import { goodFor } from './good-for'

const summarize = { name: 'Summarize a text', creditType: 'general' }
const convert = { name: 'Convert images', creditType: 'image' }
const draw = { name: 'Draw a social card', creditType: 'image' }

test.each([
  [[summarize], 'general', 'Good for every tool'],
  [[summarize, convert, draw], 'general', 'Good for Summarize a text'],
  [[summarize, convert, draw], 'image', 'Good for Convert images and Draw a social card'],
  [[summarize, convert], 'calling', null],
  [[], 'general', null],
])('of the tools %j, %s credits are "%s"', (tools, creditType, text) => {
  expect(goodFor(tools, creditType)).toBe(text)
})
