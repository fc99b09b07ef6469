import type { CreditUnit } from '@/lib/credit-type'
import type { Format } from '@/lib/format'
import { changesNow } from '@/lib/payments/subscriptions/changes-now'
import { capitalize } from '@/lib/text'
import { priceInWords } from './plan-status-text'
import { creditsInWords } from './plan-text'

type Plan = Parameters<typeof priceInWords>[1] & { credits: number; type: CreditUnit }

/** What the payment provider charges for a change, in minor units, tax included. */
type Charge = { total: number; tax: number; currency: string }

/**
 * What a change of plan does, before it is confirmed: the sentences, and what its button says. Null for a change that
 * charges, as long as `charge` is not known.
 */
export function describeChange(
  format: Format,
  from: Plan,
  to: Plan,
  { periodEnd, trial, charge }: { periodEnd: string | null; trial: boolean; charge?: Charge },
): { text: string; button: string } | null {
  const { countCredits, formatDate, formatMoney } = format
  if (changesNow(from, to)) {
    if (!charge) return null
    const price = formatMoney(charge.total, charge.currency)
    const tax = charge.tax > 0 ? `, ${formatMoney(charge.tax, charge.currency)} of it tax` : ''
    const left = trial ? 'Your trial ends with it.' : 'What is left of the current period is not refunded.'
    return {
      text: `${price} is charged today${tax}. A new ${to.interval} begins today, and ${countCredits(to.credits, to.type)} come with it. ${left} The credits you have stay.`,
      button: `Pay ${price} and change`,
    }
  }
  const when = periodEnd ? `on ${formatDate(periodEnd)}` : 'when your current period ends'
  return {
    text: `Nothing is charged today, and everything stays as it is until then. ${capitalize(when)} your plan becomes ${to.name}, for ${priceInWords(format, to)} and ${creditsInWords(format, to)}.`,
    button: periodEnd ? `Change ${when}` : 'Change then',
  }
}
