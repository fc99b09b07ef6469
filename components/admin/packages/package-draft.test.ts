import { expect, test } from 'vitest'
import { newPackage, packageChange } from '@/lib/admin/packages/package-input'
import { packageIdFrom } from '@/lib/catalog/package-id'
import { draftOf, emptyDraft, offerOf, toTerms } from './package-draft'

const pack = { ...emptyDraft('general'), name: 'Big pack', credits: '500', price: '39.5' }
const plan = { ...pack, kind: 'subscription', interval: 'year', tier: 'pro', trialDays: '14' }

test('what is typed becomes what the route takes, in minor units of its currency', () => {
  expect(toTerms(pack)).toMatchObject({ terms: { price: 3950, credits: 500, currency: 'USD', metadata: {} } })
  expect(toTerms({ ...pack, price: '500', currency: 'JPY' })).toMatchObject({ terms: { price: 500 } })
  for (const draft of [pack, plan]) {
    const asked = toTerms(draft)
    if (!('terms' in asked)) throw new Error(asked.problem)
    expect(newPackage.safeParse({ id: 'big-pack', kind: draft.kind, ...asked.terms }).error).toBeUndefined()
    expect(packageChange.safeParse({ version: 1, ...asked.terms }).error).toBeUndefined()
  }
})

test('a price or metadata that mean nothing are sent nowhere', () => {
  for (const price of ['', 'two', '1,5', '1.234', '-1', '0']) {
    expect(toTerms({ ...pack, price })).toEqual({ problem: expect.stringContaining('as in 9.99') })
  }
  for (const metadata of ['{', '[]', '5', 'null']) {
    expect(toTerms({ ...pack, metadata })).toEqual({ problem: expect.stringContaining('JSON object') })
  }
})

test('a package goes through the form and back as it was', () => {
  const sold = {
    ...{
      id: 'big-pack',
      name: 'Big pack',
      description: 'A lot.',
      kind: 'subscription' as const,
      credits: 500,
    },
    ...{ creditType: 'general', price: 3950, currency: 'USD', interval: 'month' as const },
    ...{ unusedCredits: 'expire' as const, tier: 'pro' as const, trialDays: 7, popular: true, active: false },
    ...{ metadata: { badge: 'New' }, version: 3, syncs: [] },
  }
  const { id: _, kind: __, version: ___, syncs: ____, ...terms } = sold
  expect(toTerms(draftOf(sold))).toEqual({ terms })
})

test('the preview shows what is typed so far', () => {
  expect(offerOf({ ...pack, price: '' }, [])).toMatchObject({ price: 0, name: 'Big pack' })
  expect(offerOf(plan, [])).toMatchObject({ interval: 'year', tier: 'pro', trialDays: 14, price: 3950 })
})

test('an id comes from the name', () => {
  expect(packageIdFrom('500 Crédits: Größe XL!')).toBe('credits-gro-e-xl')
  expect(packageIdFrom('Starter Pack (100)')).toBe('starter-pack-100')
  expect(packageIdFrom('東京')).toBe('')
})
