/** What the product calls itself, everywhere it does. */
export const site = {
  name: 'Livebalance',
  tagline: 'Sell software by the credit',
  description:
    'A Next.js and Supabase boilerplate where every tool has a price, every charge is one database transaction, and every open tab shows the balance the moment it changes.',
} as const
