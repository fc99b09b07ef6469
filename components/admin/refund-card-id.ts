/** Where the focus goes once a payment refund was asked for: what took its button away stays within. */
export const REFUND_CARD_ID = 'refund'
