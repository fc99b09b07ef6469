import { expect, test } from 'vitest'
import { opens } from './tiers'

test.each([
  [null, null, true],
  [null, 'pro', false],
  ['pro', 'pro', true],
  ['pro', 'enterprise', false],
  ['enterprise', 'pro', true],
] as const)('the membership %s opens what takes %s: %s', (tier, required, opened) => {
  expect(opens(tier, required)).toBe(opened)
})
