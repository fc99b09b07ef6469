import { toSlug } from './slug.ts'

/**
 * The brand. Change it here and run `npm run brand`, which writes the icons, the colors, the mails and the
 * configuration that carry it; everything else reads this file.
 */
export const brand = {
  name: 'Livebalance',
  tagline: 'Sell software by the credit',
  /** For search engines, shared links and package.json. */
  description:
    'A Next.js and Supabase boilerplate where every tool has a price, every charge is one database transaction, and every open tab shows the balance the moment it changes.',
  /** The accent, as #rrggbb. `lib/palette.ts` makes all other colors from it, and keeps text readable. */
  color: '#0f7a55',
  /** The mark in the icons and the header: an SVG path on a grid of 32 by 32, drawn as a line 5 wide with round ends. */
  mark: 'M16 8.5a8 8 0 1 0 8 8M23.5 9h.01',
  /** Where mails come from, unless MAIL_FROM says otherwise. Nothing is sent from a reserved domain such as this one. */
  mailAddress: 'no-reply@example.test',
  /** Who sells, on receipts; where the payment provider is the merchant of record, it is named instead. */
  seller: { name: 'Example Company', address: '1 Example Street, 12345 Example City' },
  /** Where people write who need help; shown on the help page. */
  supportAddress: 'support@example.test',
}

/** The name as package names and project ids have it: `Café Tools` is `cafe-tools`. */
export const brandId = toSlug(brand.name) || 'app'
