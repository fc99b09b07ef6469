/** What a package sells: `credits` of `creditType` for `price` in minor units of `currency`. */
export type CreditPackage = {
  id: string
  name: string
  description: string
  credits: number
  creditType: string
  price: number
  currency: string
  dodoProductId: string
  popular: boolean
}

/**
 * The packages a new installation starts with, as `supabase/seed.sql` writes them (a test holds the two together).
 * Pages and checkouts read the table `credit_packages`, never this list: a price changed there is the price.
 */
export const CREDIT_PACKAGES: readonly CreditPackage[] = [
  {
    id: 'starter',
    name: 'Starter',
    description: 'For trying things out.',
    credits: 100,
    creditType: 'general',
    price: 999,
    currency: 'USD',
    dodoProductId: 'pdt_starter',
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
    dodoProductId: 'pdt_pro',
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
    dodoProductId: 'pdt_enterprise',
    popular: false,
  },
]
