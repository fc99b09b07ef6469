import type DodoPayments from 'dodopayments'
import type { Tables } from '../../lib/supabase/database.types.ts'

export type Package = Tables<'credit_packages'> & { productId: string | null }
type Price = DodoPayments.Price

/** DodoPayments ends a subscription after this long, however often it renewed. */
const SUBSCRIPTION_YEARS = 10

/** The price of a package as DodoPayments wants it. */
export function priceOf({ id, price, currency, billing_interval }: Package): Price {
  if (!isCurrency(currency)) throw new Error(`The package ${id} has no currency that is one: ${currency}.`)
  if (!billing_interval) return { type: 'one_time_price', price, currency }
  return {
    type: 'recurring_price',
    price,
    currency,
    payment_frequency_count: 1,
    payment_frequency_interval: billing_interval === 'year' ? 'Year' : 'Month',
    subscription_period_count: SUBSCRIPTION_YEARS,
    subscription_period_interval: 'Year',
  }
}

/** How often a price is charged, which no product can change: `once`, `1 Month`, … */
export function rhythmOf(price: Price): string {
  if (price.type === 'one_time_price') return 'once'
  return `${price.payment_frequency_count} ${price.payment_frequency_interval}${price.type === 'usage_based_price' ? ' by usage' : ''}`
}

/** The price of a product with the amount of a package; its other terms stay as they were set at DodoPayments. */
export function withAmountOf(former: Price, wanted: Price): Price {
  const { currency } = wanted
  if (former.type === 'usage_based_price' || wanted.type === 'usage_based_price') return wanted
  return { ...former, price: wanted.price, currency }
}

export function sameAmount(one: Price, other: Price): boolean {
  if (one.type === 'usage_based_price' || other.type === 'usage_based_price') return false
  return one.price === other.price && one.currency === other.currency
}

function isCurrency(code: string): code is DodoPayments.Currency {
  return /^[A-Z]{3}$/.test(code)
}
