import type { Format } from '@/lib/format'
import type { Purchase } from '@/lib/payments/checkout/purchase'

/** What to say of a purchase that went through. */
export function describeSuccess(format: Format, purchase: Purchase): { title: string; text: string } {
  const { credits, type, plan, name } = purchase
  const added = `${format.countCredits(credits, type)} added`
  if (!plan) return { title: added, text: `Your payment has arrived. ${describeBalance(format, purchase)}` }
  const title = plan.active ? `${name} is active` : added
  if (plan.trial) {
    const until = plan.until ? `until ${format.formatDate(plan.until)}` : 'for now'
    return { title, text: `Your trial runs ${until}. The credits come with the first payment.` }
  }
  return { title, text: `${added}. ${describeBalance(format, purchase)}` }
}

function describeBalance(
  { countCredits, formatCredits }: Format,
  { balance, repaid, type }: Purchase,
): string {
  if (balance === null) return 'They are ready.'
  const now = `Your new balance is ${countCredits(balance, type)}.`
  if (repaid === 0) return now
  return `${formatCredits(repaid)} of them repaid what was taken back earlier. ${now}`
}

/** What was bought, in rows of a label and its value. */
export function describeDetails(
  { formatCredits, formatDate, formatMoney }: Format,
  purchase: Purchase,
): (readonly [label: string, value: string])[] {
  const { state, name, plan, credits, type, price, currency } = purchase
  const paid = state === 'succeeded' && !plan?.trial
  const rows: [string, string | null][] = [
    [plan ? 'Plan' : 'Package', name],
    [type.name, plan ? `${formatCredits(credits)} every ${plan.interval}` : formatCredits(credits)],
    [paid ? 'Paid' : 'Price', formatMoney(price, currency)],
    [
      plan?.trial ? 'First payment' : 'Renews',
      state === 'succeeded' && plan?.until ? formatDate(plan.until) : null,
    ],
  ]
  return rows.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]))
}
