import { expect, test } from 'vitest'
import { everybody } from '@/lib/format'
import { countByType } from './count-by-type'

test('each wallet is counted once, in its own unit', () => {
  const amounts = [
    { creditType: 'general', credits: 5 },
    { creditType: 'image', credits: 1 },
    { creditType: 'general', credits: 7 },
  ]
  expect(countByType(everybody, amounts, [])).toBe('12 credits and 1 image credit')
})
