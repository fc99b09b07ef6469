import { paymentProvider } from '@/lib/payments'

export const HEADING = {
  title: 'Buy credits',
  description: `Choose a package or a plan. You pay on ${paymentProvider.name}, and the credits appear in your balance automatically.`,
}
