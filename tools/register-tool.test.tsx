import { TextIcon } from 'lucide-react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { RunButton } from '@/components/credits/run-button'
import { useCreditManager } from '@/lib/credit-manager'
import { findCreditType, nameUnit } from '@/lib/credit-type'
import { type MembershipTier, pricesByTier } from '@/lib/tiers'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { registerTool, type ToolFormProps } from './register-tool'

vi.mock('@/lib/credit-manager', () => ({
  useCreditManager: vi.fn(),
  useCreditTypes: () => [],
  useCreditType: (id: string) => findCreditType([], id),
}))

const prices = (tier: MembershipTier | null) => ({
  small: tier === 'pro' ? 2 : 3,
  large: tier === 'pro' ? 4 : 6,
})

const poster = defineTool({
  id: 'poster',
  name: 'Draw a poster',
  input: z.strictObject({ size: z.enum(['small', 'large']) }),
  cost: ({ input, tier }) => prices(tier)[input.size],
  run: () => ({}),
})

function Form({ userId, prices, creditType }: ToolFormProps<{ small: number; large: number }>) {
  return (
    <RunButton userId={userId} price={prices.large} creditType={creditType} running={false} label="Draw" />
  )
}

const entry = registerTool(poster, { icon: TextIcon, summary: '', description: '', prices, form: Form })

function renderPage(tier: MembershipTier | null, balance: number): string {
  vi.mocked(useCreditManager).mockReturnValue({ balance, loading: false, error: null, status: 'live' })
  return renderToStaticMarkup(entry.renderForm({ userId: 'user-1', tier }))
}

test.each([
  [null, 6],
  ['pro', 4],
] as const)('membership %s sees the price it pays, and can run with exactly that balance', (tier, price) => {
  const charged = pricesByTier((tier) => poster.cost({ input: { size: 'large' }, tier }))[tier ?? 'default']
  expect(charged).toBe(price)

  const enough = renderPage(tier, price)
  expect(enough).toContain(`Draw · ${price} credits`)
  expect(enough).not.toContain('disabled=""')

  const short = renderPage(tier, price - 1)
  expect(short).toContain('disabled=""')
  expect(short).toContain('You need 1 credit more.')
})

test('a tool that another wallet pays is bought with that one, and says so', () => {
  const fromImages = registerTool(
    { ...poster, creditType: 'image' },
    { icon: TextIcon, summary: '', description: '', prices, form: Form },
  )
  vi.mocked(useCreditManager).mockImplementation((_, creditType) => {
    return { balance: creditType === 'image' ? 5 : 500, loading: false, error: null, status: 'live' }
  })
  const page = renderToStaticMarkup(fromImages.renderForm({ userId: 'user-1', tier: null }))
  expect(page).toContain('Draw · 6 image credits')
  expect(page).toContain('You need 1 image credit more.')
  expect(page).toContain('disabled=""')
})

test('lists say what a run costs this reader', () => {
  expect(entry.describePrice(null, nameUnit('general'))).toBe('3 to 6 credits a run')
  expect(entry.leastPrice('pro')).toBe(2)
  expect(entry.describePrice('pro', nameUnit('image'))).toBe('2 to 4 image credits a run')
})
