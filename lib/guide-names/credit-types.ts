/**
 * The credit types that the examples sell. Why: `balances.enrichment.balance` is only written so where the type is known
 * to be there. They are rows of `credit_types` as any other: add those that you sell, and take out the rest here.
 */
declare module '../credit-type.ts' {
  interface CreditTypes {
    enrichment: true
    calling: true
    scraping: true
  }
}

export {}
