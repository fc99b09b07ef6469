import { expect, it } from 'vitest'
import { parseLedgerView } from './ledger-view'

it('takes a view from the query', () => {
  expect(parseLedgerView({ show: 'spent' })).toBe('spent')
})

it.each([undefined, '', 'none', 'constructor', ['spent', 'added']])('shows all for %j', (show) => {
  expect(parseLedgerView({ show })).toBe('all')
})
