import { expect, test } from 'vitest'
import { formatMoney } from '../lib/format.ts'
import { money } from '../packages/dev-stack/dodopayments/pages/money.ts'

test('the sandbox shows money as the product does, in every currency', () => {
  for (const currency of Intl.supportedValuesOf('currency'))
    expect(money(1_449_000, currency)).toBe(formatMoney(1_449_000, currency))
})
