type Priced = { price: number }

/**
 * Whether a change of plan takes effect at once: a dearer plan is paid in full and begins a period of its own. Any other
 * waits until what is paid already has been used. Prices are in minor units of one currency.
 */
export function changesNow(from: Priced, to: Priced): boolean {
  return to.price > from.price
}
