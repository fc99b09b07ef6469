import { expect, test } from 'vitest'
import { nameUnit } from '@/lib/credit-type'
import { everybody } from '@/lib/format'
import { describeRunInput, describeStopped } from './describe-run'

test.each([
  [{ size: 2, theme: 'dark', title: 'Launch', subtitle: '' }, 'Launch · dark · 2'],
  [{ images: ['a.png', 'b.png'], format: 'webp' }, 'a.png, b.png · webp'],
  [{ style: { color: 'red' }, files: [] }, 'red'],
  [null, ''],
])('a run that was asked %j says "%s"', (input, text) => {
  expect(describeRunInput(input)).toBe(text)
})

test.each([
  ['aborted', 0, 'Your last run was stopped before it finished. You were not charged.'],
  [
    'aborted',
    58,
    'Your last run was stopped before it finished. You were charged 58 credits for what it had used.',
  ],
  ['expired', 0, 'Your last run was lost with its server. You were not charged.'],
  ['failed', 0, 'Your last run failed. You were not charged.'],
])('a run that was %s and charged %i says "%s"', (status, charged, text) => {
  expect(describeStopped(everybody, { status, charged }, nameUnit('general'))).toBe(text)
})
