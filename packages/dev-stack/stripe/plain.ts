import { newId } from '../dodopayments/ids.ts'

/** An object of Stripe as the API sends it: without what the SDK adds to it. */
export type Plain<Of> = Omit<Of, 'lastResponse' | 'toJSON'>

/** `stripeId('pi')` → `pi_…`. */
export const stripeId = newId

/** Stripe's timestamps are Unix seconds. */
export const nowSeconds = () => Math.floor(Date.now() / 1000)
