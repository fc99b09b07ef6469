import { refusedOnly, type Telling, type Words } from './words'

const named = ({ detail }: Words) => detail('package_id') ?? 'unknown'
const event = ({ detail }: Words) => detail('event_id') ?? 'unknown'

/** What is done to payments, plans and what is for sale. */
export const MONEY_TELLINGS: Record<string, Telling> = {
  'payment.refund': {
    done: ({ who, whom, money }) =>
      who === whom ? `${money} was refunded to ${whom}` : `${who} refunded ${money} to ${whom}`,
    attempt: ({ whom, money }) => `refund ${money} to ${whom}`,
  },
  'payment.apply': refusedOnly('have a payment counted'),
  'payment_refund.apply': refusedOnly('have a payment refund counted'),
  'dispute.apply': refusedOnly('have a dispute counted'),
  'subscription.apply': refusedOnly('have a plan counted'),
  'subscription.find': refusedOnly('see their plan'),
  'event.apply': refusedOnly('apply a payment event'),
  'event.store': refusedOnly('store a payment event'),
  'event.replay': {
    done: (words) => `${words.who} replayed the payment event ${event(words)}`,
    attempt: (words) => `replay the payment event ${event(words)}`,
  },
  'reconciliation.record': refusedOnly('compare the records'),
  'checkout.begin': refusedOnly('open a checkout'),
  'checkout.record': refusedOnly('continue to a checkout'),
  'customer.link': refusedOnly('be linked to a customer of the payment provider'),
  'customer.find': refusedOnly('be found at the payment provider'),
  'customer.move': {
    done: ({ who, whom }) => `${who} moved the customer of ${whom} to another address`,
    attempt: ({ whom }) => `move the customer of ${whom} to another address`,
  },
  'package.create': {
    done: (words) => `${words.who} put the package ${named(words)} up for sale`,
    attempt: (words) => `put the package ${named(words)} up for sale`,
  },
  'package.update': {
    done: (words) => `${words.who} changed the package ${named(words)}`,
    attempt: (words) => `change the package ${named(words)}`,
  },
  'package.order': {
    done: ({ who }) => `${who} put the packages in another order`,
    attempt: () => 'put the packages in another order',
  },
  'package.sync': {
    done: (words) => `${words.who} brought the product of the package ${named(words)} in line`,
    attempt: (words) => `bring the product of the package ${named(words)} in line`,
  },
}
