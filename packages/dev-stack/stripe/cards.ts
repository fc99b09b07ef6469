import { TEST_CARDS, type TestCard } from '../dodopayments/cards.ts'

/** The cards of Stripe's documentation that the sandbox knows, and one of its own for a bank that takes its time. */
export const STRIPE_CARDS: readonly TestCard[] = [
  ...TEST_CARDS.filter(({ outcome }) => outcome.status !== 'cancelled'),
  {
    number: '4000002500003155',
    network: 'Visa',
    label: 'asks for authentication',
    outcome: { status: 'succeeded' },
    asks: true,
  },
]

/** What the buyer may answer to the bank that asks. */
export const NOT_AUTHENTICATED = {
  status: 'failed',
  code: 'PAYMENT_INTENT_AUTHENTICATION_FAILURE',
  message: 'We are unable to authenticate your payment method. Please choose a different one and try again.',
} as const
