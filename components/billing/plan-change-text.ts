import { countCredits, formatDate, formatMoney } from '@/lib/format'
import { changesNow } from '@/lib/payments/subscriptions/changes-now'
import { priceInWords } from './plan-status-text'

type Plan = Parameters<typeof priceInWords>[0] & { credits: number }

/** What a change of plan does, before it is confirmed: the sentences, and what its button says. */
export function describeChange(
  from: Plan,
  to: Plan,
  { periodEnd, trial }: { periodEnd: string | null; trial: boolean },
): { text: string; button: string } {
  if (changesNow(from, to)) {
    const price = formatMoney(to.price, to.currency)
    const left = trial ? 'Your trial ends with it.' : 'What is left of the current period is not refunded.'
    return {
      text: `${price} is charged today. A new ${to.interval} begins today, and ${countCredits(to.credits)} come with it. ${left} The credits you have stay. Taxes may be added.`,
      button: `Pay ${price} and change`,
    }
  }
  const when = periodEnd ? `on ${formatDate(periodEnd)}` : 'when your current period ends'
  return {
    text: `Nothing is charged today, and everything stays as it is until then. ${capitalize(when)} your plan becomes ${to.name}, for ${priceInWords(to)} and ${countCredits(to.credits)} every ${to.interval}.`,
    button: periodEnd ? `Change ${when}` : 'Change then',
  }
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
