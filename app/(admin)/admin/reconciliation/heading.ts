import { providerNames } from '@/lib/payments'

export const HEADING = {
  title: 'Reconciliation',
  description: `The records of ${providerNames('conjunction')} against ours, compared every hour. Differences are repaired or explained.`,
}
