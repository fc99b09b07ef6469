export type CardOutcome =
  | { status: 'succeeded' }
  | { status: 'processing' }
  | { status: 'cancelled' }
  | { status: 'failed'; code: string; message: string }

export type TestCard = {
  number: string
  network: string
  label: string
  outcome: CardOutcome
  /** Where the charges after the first one end otherwise. */
  renewal?: CardOutcome
  /** The bank asks the buyer before it decides. */
  asks?: true
}

/** What a bank says that gives no reason. */
export const DECLINED = {
  status: 'failed',
  code: 'GENERIC_DECLINE',
  message: 'Your card was declined.',
} as const satisfies CardOutcome

/**
 * The cards of the DodoPayments documentation, and two of the sandbox's own: for a bank that takes its time, and for a
 * buyer who gives up there.
 */
export const TEST_CARDS: readonly TestCard[] = [
  { number: '4242424242424242', network: 'Visa', label: 'succeeds', outcome: { status: 'succeeded' } },
  { number: '5555555555554444', network: 'Mastercard', label: 'succeeds', outcome: { status: 'succeeded' } },
  {
    number: '4000000000000002',
    network: 'Visa',
    label: 'declined',
    outcome: DECLINED,
  },
  {
    number: '4000000000009995',
    network: 'Visa',
    label: 'insufficient funds',
    outcome: { status: 'failed', code: 'INSUFFICIENT_FUNDS', message: 'Your card has insufficient funds.' },
  },
  {
    number: '4000000000000341',
    network: 'Visa',
    label: 'succeeds now, fails on renewal',
    outcome: { status: 'succeeded' },
    renewal: DECLINED,
  },
  {
    number: '4000000000000077',
    network: 'Visa',
    label: 'processes first, then succeeds',
    outcome: { status: 'processing' },
  },
  {
    number: '4000000000000085',
    network: 'Visa',
    label: 'the buyer gives up at the bank',
    outcome: { status: 'cancelled' },
  },
]

/** @throws when there is no such test card */
export function findCard(number: string): TestCard {
  const card = TEST_CARDS.find((candidate) => candidate.number === number)
  if (card) return card
  throw new Error(`${number} is not a test card.`)
}

export type CardFields = { number: string; expiry: string; cvc: string }
export type CardErrors = Partial<Record<keyof CardFields, string>>

/** The test card behind the three fields, or what is wrong with each of them, in words. */
export function readCard(
  fields: CardFields,
  now = new Date(),
  cards: readonly TestCard[] = TEST_CARDS,
): { card: TestCard } | { errors: CardErrors } {
  const errors: CardErrors = {}
  const number = fields.number.replaceAll(/[\s-]/g, '')
  const card = cards.find((candidate) => candidate.number === number)
  if (!number) errors.number = 'Enter a card number.'
  else if (!card) errors.number = 'The sandbox takes its test cards only. Never type a real card here.'
  if (!isFutureMonth(fields.expiry, now)) errors.expiry = 'Enter a month in the future, as MM/YY.'
  if (!/^\d{3,4}$/.test(fields.cvc.trim())) errors.cvc = 'Enter the 3 digits.'
  return card && Object.keys(errors).length === 0 ? { card } : { errors }
}

function isFutureMonth(expiry: string, now: Date): boolean {
  const match = /^\s*(0?[1-9]|1[0-2])\s*\/\s*(?:20)?(\d{2})\s*$/.exec(expiry)
  if (!match) return false
  // Day 0 of the next month is the last day of this one.
  return new Date(2000 + Number(match[2]), Number(match[1]), 0, 23, 59) >= now
}
