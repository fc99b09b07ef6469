import type Stripe from 'stripe'

/** All of a list on one page, as an object carries it. */
export const listOfAll = <Item>(url: string, data: Item[]): Stripe.ApiList<Item> => ({
  object: 'list',
  data,
  has_more: false,
  url,
})
