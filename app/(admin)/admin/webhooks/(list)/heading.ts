import { providerNames } from '@/lib/payments'

export const HEADING = {
  title: 'Webhooks',
  description: `What ${providerNames()} reported, and the outcome.`,
}
