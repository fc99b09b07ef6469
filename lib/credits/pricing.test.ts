import { expect, test } from 'vitest'
import { calculateToolCost } from './pricing'

test.each([
  ['text-generation', 'low', 1],
  ['text-generation', 'medium', 2],
  ['text-generation', 'high', 2],
  ['image-generation', 'low', 3],
  ['image-generation', 'medium', 5],
  ['image-generation', 'high', 6],
  ['video-processing', 'low', 10],
  ['video-processing', 'medium', 15],
  ['video-processing', 'high', 20],
] as const)('%s at %s complexity costs %i credits, rounded up', (tool, complexity, credits) => {
  expect(calculateToolCost(tool, complexity)).toBe(credits)
})
