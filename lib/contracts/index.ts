import { credits } from './credits.ts'
import { marketplace, stripeWebhook } from './marketplace.ts' // #only payments

/** Every procedure, by the names that clients call it. */
export const contracts = {
  credits,
  // #region payments
  marketplace,
  stripeWebhook,
  // #endregion
}

export type Contracts = typeof contracts
