import type { AdminPackage } from '@/lib/admin/packages/list-packages'
import { parseMoney, writeMoney } from '@/lib/admin/parse-money'
import type { Offer, Plan } from '@/lib/catalog/packages'
import { type CreditType, findCreditType } from '@/lib/credit-type'
import { findTier } from '@/lib/tiers'

/** The fields of the form as they are typed. */
export type PackageDraft = Record<
  | 'id'
  | 'name'
  | 'description'
  | 'kind'
  | 'creditType'
  | 'credits'
  | 'price'
  | 'currency'
  | 'interval'
  | 'unusedCredits'
  | 'tier'
  | 'trialDays'
  | 'metadata',
  string
> & { popular: boolean; active: boolean }

/** What a new package begins with. */
export function emptyDraft(creditType: string): PackageDraft {
  return {
    id: '',
    name: '',
    description: '',
    kind: 'one_time',
    creditType,
    credits: '',
    price: '',
    currency: 'USD',
    interval: 'month',
    unusedCredits: 'roll_over',
    tier: '',
    trialDays: '0',
    metadata: '',
    popular: false,
    active: true,
  }
}

/** A package as the form shows it. */
export function draftOf(sold: AdminPackage): PackageDraft {
  const { price, currency, metadata } = sold
  return {
    ...sold,
    credits: String(sold.credits),
    price: writeMoney(price, currency),
    interval: sold.interval ?? 'month',
    tier: sold.tier ?? '',
    trialDays: String(sold.trialDays),
    metadata: Object.keys(metadata).length > 0 ? JSON.stringify(metadata, null, 2) : '',
  }
}

/** The draft with what the form has now; a field that is not in it keeps its value. */
export function readDraft(draft: PackageDraft, form: HTMLFormElement): PackageDraft {
  const fields = new FormData(form)
  const texts = Object.entries(draft).flatMap(([name, value]) => {
    if (typeof value !== 'string' || !fields.has(name)) return []
    return [[name, String(fields.get(name))]]
  })
  return {
    ...draft,
    ...Object.fromEntries(texts),
    popular: fields.has('popular'),
    active: fields.has('active'),
  }
}

/** What is sent for a draft, or why it cannot be. */
export function toTerms(draft: PackageDraft): { terms: object } | { problem: string } {
  const price = parseMoney(draft.price, draft.currency)
  if (price === null)
    return { problem: `Write the price in ${draft.currency} as digits with a point, as in 9.99.` }
  const metadata = parseMetadata(draft.metadata)
  if (!metadata) return { problem: 'The metadata must be a JSON object, as in {"badge": "New"}.' }
  const { name, description, creditType, currency, popular, active } = draft
  const shared = {
    name,
    description,
    creditType,
    currency,
    popular,
    active,
    price,
    metadata,
    credits: Number(draft.credits),
  }
  if (draft.kind !== 'subscription') return { terms: shared }
  const { interval, unusedCredits, tier, trialDays } = draft
  return { terms: { ...shared, interval, unusedCredits, tier: tier || null, trialDays: Number(trialDays) } }
}

/** What buyers would see of it now. */
export function offerOf(draft: PackageDraft, creditTypes: readonly CreditType[]): Offer | Plan {
  const offer: Offer = {
    id: draft.id,
    name: draft.name || 'Name',
    description: draft.description,
    credits: Math.max(1, Number(draft.credits) || 1),
    creditType: draft.creditType,
    type: findCreditType(creditTypes, draft.creditType),
    price: parseMoney(draft.price, draft.currency) ?? 0,
    currency: draft.currency,
    popular: draft.popular,
    metadata: {},
  }
  if (draft.kind !== 'subscription') return offer
  return {
    ...offer,
    interval: draft.interval === 'year' ? 'year' : 'month',
    unusedCredits: draft.unusedCredits === 'expire' ? 'expire' : 'roll_over',
    tier: findTier(draft.tier),
    trialDays: Number(draft.trialDays) || 0,
  }
}

function parseMetadata(text: string): object | null {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
  } catch {
    return null
  }
}
