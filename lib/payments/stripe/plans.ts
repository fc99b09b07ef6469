import 'server-only'
import { ProviderRefusedError } from '@/lib/payments/errors'
import type { PaymentProvider } from '../provider'

/** Stripe sells packages here, no plans: whatever is asked about one is refused, and nothing is done. */
async function refuse(): Promise<never> {
  throw new ProviderRefusedError(new Error('Plans are not sold through Stripe yet.'))
}

async function* none() {}

export const plans = {
  findSubscription: refuse,
  listSubscriptions: none,
  previewPlanChange: refuse,
  changePlan: refuse,
  cancelScheduledChange: refuse,
  setCancelAtPeriodEnd: refuse,
  cancelNow: refuse,
} satisfies Partial<PaymentProvider>
