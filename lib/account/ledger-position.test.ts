import { expect, it } from 'vitest'
import { parseLedgerPosition } from './ledger-position'

it('takes a seq from the query', () => {
  expect(parseLedgerPosition({ before: '41' })).toEqual({ before: 41 })
  expect(parseLedgerPosition({ after: '7' })).toEqual({ after: 7 })
})

it.each(['0', '-1', '1.5', 'x', '', '99999999999999999999', ['1', '2']])(
  'starts at the newest row for %j',
  (before) => {
    expect(parseLedgerPosition({ before }).before).toBeUndefined()
  },
)
