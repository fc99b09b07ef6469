import type DodoPayments from 'dodopayments'
import type { ProductPrice } from '../provider'

type Price = DodoPayments.Price

/** DodoPayments ends a subscription after this long, however often it renewed. */
const SUBSCRIPTION_YEARS = 10

/** The price of a package as DodoPayments wants it. @throws when its currency is no code of one */
export function priceOf({ amount, currency, interval }: ProductPrice): Price {
  if (!isCurrency(currency)) throw new Error(`${currency} is no currency.`)
  if (!interval) return { type: 'one_time_price', price: amount, currency }
  return {
    type: 'recurring_price',
    price: amount,
    currency,
    payment_frequency_count: 1,
    payment_frequency_interval: interval === 'year' ? 'Year' : 'Month',
    subscription_period_count: SUBSCRIPTION_YEARS,
    subscription_period_interval: 'Year',
  }
}

/** Whether a product sells at this price, as often; its other terms are as they were set at DodoPayments. */
export function hasPrice({ price }: DodoPayments.Product, wanted: ProductPrice): boolean {
  if (price.type === 'usage_based_price') return false
  return (
    price.price === wanted.amount &&
    price.currency === wanted.currency &&
    rhythmOf(price) === rhythmOf(priceOf(wanted))
  )
}

/** How often a price is charged: `once`, `1 Month`, … */
function rhythmOf(price: Price): string {
  if (price.type !== 'recurring_price') return price.type
  return `${price.payment_frequency_count} ${price.payment_frequency_interval}`
}

function isCurrency(code: string): code is DodoPayments.Currency {
  return /^[A-Z]{3}$/.test(code)
}
