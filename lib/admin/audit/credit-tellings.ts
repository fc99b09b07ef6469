import { doneOnly, refusedOnly, type Telling } from './words'

/** What changes a balance, or was refused to. */
export const CREDIT_TELLINGS: Record<string, Telling> = {
  'credits.adjust': {
    done: ({ who, whom, credits, isLess }) =>
      isLess
        ? `${who} removed ${credits} from the balance of ${whom}`
        : `${who} added ${credits} to the balance of ${whom}`,
    attempt: ({ whom, credits, isLess }) =>
      isLess ? `remove ${credits} from the balance of ${whom}` : `add ${credits} to the balance of ${whom}`,
  },
  'credits.give': {
    done: ({ who, whom, credits, day }) =>
      `${who} gave ${credits} to ${whom}${day('expires_at') ? `, until ${day('expires_at')}` : ''}`,
    attempt: ({ whom, credits }) => `give ${credits} to ${whom}`,
  },
  'credits.refund': {
    done: ({ who, whom, credits }) =>
      who === whom ? `${who} got ${credits} back` : `${who} gave ${credits} of a charge back to ${whom}`,
    attempt: ({ who, whom }) => (who === whom ? 'get a charge back' : `give a charge back to ${whom}`),
  },
  'credits.deduction': doneOnly(({ who, credits }) => `${who} spent ${credits}`),
  'credits.purchase': doneOnly(({ who, credits }) => `${who} bought ${credits}`),
  'credits.subscription_grant': doneOnly(({ who, credits }) => `${who} got ${credits} of a plan`),
  'credits.signup_bonus': doneOnly(({ who, credits }) => `${who} got ${credits} for signing up`),
  'credits.promotion': doneOnly(({ who, credits }) => `${who} got ${credits} as a gift`),
  'credits.expiry': doneOnly(({ who, credits }) => `${credits} of ${who} expired`),
  'credits.clawback': doneOnly(({ who, credits }) => `${credits} of a payment were taken back from ${who}`),
  'credits.clawback_reversal': doneOnly(
    ({ who, credits }) => `${credits} that had been taken back were returned to ${who}`,
  ),
  'credits.debt_repayment': doneOnly(({ who, credits }) => `${who} repaid ${credits} of debt`),
  'credits.admin_adjustment': doneOnly(
    ({ who, credits }) => `The balance of ${who} was changed by ${credits}`,
  ),
  'credits.add': refusedOnly(({ credits }) => `be given ${credits}`),
  'credits.deduct': refusedOnly(({ credits }) => `spend ${credits}`),
  'credits.initialize': refusedOnly('get a wallet'),
  'credits.reserve': refusedOnly('start a run'),
  'credits.extend': refusedOnly('continue a run'),
  'credits.settle': refusedOnly('be charged for a run'),
  'credits.release': refusedOnly('get the credits of a run back'),
  'credits.set_threshold': refusedOnly('set an alert for a low balance'),
  'gift_batch.prepare': refusedOnly('prepare credits for many users'),
  'gift_batch.run': refusedOnly('give credits to many users'),
  'credits.give_existing_users': refusedOnly('give credits to everybody'),
}
