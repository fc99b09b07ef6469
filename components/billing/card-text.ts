import type { PlanPaymentCard } from '@/lib/payments/subscriptions/read-plan'
import { capitalize } from '@/lib/text'

/** Networks that are not written as their providers' codes are. */
const NETWORKS: Record<string, string> = {
  amex: 'American Express',
  'american express': 'American Express',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  eftpos_au: 'eftpos',
  cartes_bancaires: 'Cartes Bancaires',
  rupay: 'RuPay',
}

/** `Visa ending in 4242, expires 08/27`. */
export function cardInWords({ brand, lastFour, expiresOn }: PlanPaymentCard): string {
  const code = brand.toLowerCase()
  const card = `${NETWORKS[code] ?? capitalize(code)} ending in ${lastFour}`
  return expiresOn ? `${card}, expires ${expiresOn.slice(5, 7)}/${expiresOn.slice(2, 4)}` : card
}
