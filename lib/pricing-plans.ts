import { decimalsOf } from './currency.ts'
import type { MembershipTier } from './tiers.ts'

export { calculateToolCost } from './credits/pricing.ts'

/**
 * What a package sells: `credits` of `creditType` for `price` in minor units of `currency`, once, or, where it has an
 * `interval`, with every month or year that is paid.
 */
export type CreditPackage = {
  id: string
  name: string
  description: string
  credits: number
  creditType: string
  price: number
  currency: string
  interval: 'month' | 'year' | null
  /** Of a subscription: what becomes of credits that are left when a period ends. */
  unusedCredits: 'roll_over' | 'expire'
  /** Of a subscription: the membership it carries. */
  tier: MembershipTier | null
  /** What it is called at each payment provider, by the provider's id. */
  productIds: { dodopayments: string; stripe?: string }
  popular: boolean
}

const ONCE = { interval: null, unusedCredits: 'roll_over', tier: null } as const

/**
 * The packages a new installation starts with, as `supabase/seed.sql` writes them (a test holds the two together).
 * Pages and checkouts read the table `credit_packages`, never this list: a price changed there is the price.
 */
export const SEEDED_PACKAGES: readonly CreditPackage[] = [
  {
    id: 'starter',
    name: 'Starter',
    description: 'For trying things out.',
    credits: 100,
    creditType: 'general',
    price: 999,
    currency: 'USD',
    ...ONCE,
    productIds: { dodopayments: 'pdt_starter', stripe: 'prod_starter' },
    popular: false,
  },
  {
    id: 'pro',
    name: 'Pro',
    description: 'For regular work.',
    credits: 500,
    creditType: 'general',
    price: 3999,
    currency: 'USD',
    ...ONCE,
    productIds: { dodopayments: 'pdt_pro', stripe: 'prod_pro' },
    popular: true,
  },
  {
    id: 'enterprise',
    name: 'Enterprise',
    description: 'For teams with a lot to do.',
    credits: 2000,
    creditType: 'general',
    price: 14999,
    currency: 'USD',
    ...ONCE,
    productIds: { dodopayments: 'pdt_enterprise', stripe: 'prod_enterprise' },
    popular: false,
  },
  {
    id: 'pro-monthly',
    name: 'Pro monthly',
    description: 'Credits every month, for less.',
    credits: 500,
    creditType: 'general',
    price: 2900,
    currency: 'USD',
    interval: 'month',
    unusedCredits: 'roll_over',
    tier: 'pro',
    productIds: { dodopayments: 'pdt_pro_monthly', stripe: 'prod_pro_monthly' },
    popular: true,
  },
  {
    id: 'pro-yearly',
    name: 'Pro yearly',
    description: 'A year of Pro, two months of it free.',
    credits: 6000,
    creditType: 'general',
    price: 29000,
    currency: 'USD',
    interval: 'year',
    unusedCredits: 'roll_over',
    tier: 'pro',
    productIds: { dodopayments: 'pdt_pro_yearly', stripe: 'prod_pro_yearly' },
    popular: false,
  },
  {
    id: 'enterprise-monthly',
    name: 'Enterprise monthly',
    description: 'For teams that run all day.',
    credits: 3000,
    creditType: 'general',
    price: 14900,
    currency: 'USD',
    interval: 'month',
    unusedCredits: 'expire',
    tier: 'enterprise',
    productIds: { dodopayments: 'pdt_enterprise_monthly', stripe: 'prod_enterprise_monthly' },
    popular: false,
  },
]

/**
 * What a new installation sells once, as a list to show: `price` in units of the currency, 9.99 for $9.99. It is the seed:
 * `/api/credits/packages` says what is for sale now. Nothing is charged by this list.
 */
export const CREDIT_PACKAGES = SEEDED_PACKAGES.filter(({ interval }) => interval === null).map(
  ({ id, name, credits, price, currency, popular }) => ({
    ...{ id, name, credits, popular, currency },
    price: price / 10 ** decimalsOf(currency),
  }),
)
