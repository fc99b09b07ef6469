import { z } from 'zod'
import { packageId } from '../../catalog/package-id.ts'
import { MEMBERSHIP_TIERS } from '../../tiers.ts'

const MAX_CREDITS = 1_000_000_000
const MAX_PRICE = 99_999_999_999
/** In bytes. The database writes a space behind each comma and colon. */
const MAX_METADATA_BYTES = 4096

const text = (max: number) => z.string().trim().max(max)

const currencies = new Set(Intl.supportedValuesOf('currency'))

const scalar = z.union([z.string().max(500), z.number(), z.boolean(), z.null()])
const metadata = z
  .record(z.string().regex(/^[A-Za-z0-9_.-]{1,60}$/), z.union([scalar, z.array(scalar).max(50)]))
  .refine(
    (value) => new TextEncoder().encode(JSON.stringify(value)).length <= MAX_METADATA_BYTES,
    `The metadata is longer than ${MAX_METADATA_BYTES} bytes.`,
  )

/** What can be changed about a package once it is there; `price` is in minor units of `currency`. */
const terms = {
  name: text(80).min(1, 'Give the package a name.'),
  description: text(300),
  credits: z.int('The credits must be a whole number.').min(1).max(MAX_CREDITS),
  creditType: z.string().max(40),
  price: z
    .int('The price must be in whole minor units.')
    .min(1, 'The price must be above zero.')
    .max(MAX_PRICE),
  currency: z.string().refine((code) => currencies.has(code), 'This is no currency.'),
  interval: z.enum(['month', 'year']),
  unusedCredits: z.enum(['roll_over', 'expire']),
  tier: z.enum(MEMBERSHIP_TIERS).nullable(),
  trialDays: z.int().min(0).max(365, 'A trial has at most 365 days.'),
  popular: z.boolean(),
  active: z.boolean(),
  sortOrder: z.int().min(-1_000_000).max(1_000_000),
  metadata,
}

const shared = z
  .strictObject(terms)
  .omit({ interval: true, unusedCredits: true, tier: true, trialDays: true })
  .partial()
  .required({ name: true, credits: true, price: true })
const planTerms = z
  .strictObject(terms)
  .pick({ interval: true, unusedCredits: true, tier: true, trialDays: true })
  .partial()
  .required({ interval: true })

/** A package (`kind: 'one_time'`, the default) or a plan as an admin puts it up for sale. */
export const newPackage = z.preprocess(
  (given) => (isObject(given) && given.kind === undefined ? { ...given, kind: 'one_time' } : given),
  z.discriminatedUnion('kind', [
    shared.extend({ id: packageId, kind: z.literal('one_time') }),
    shared.extend({ id: packageId, kind: z.literal('subscription'), ...planTerms.shape }),
  ]),
)

/** What an admin changes about a package that is there, seen at `version`. */
export const packageChange = z.strictObject({
  ...z.strictObject(terms).partial().shape,
  version: z.int().positive(),
})

/** The ids of packages in the order that they are to have among themselves. */
export const packageOrder = z.strictObject({ order: z.array(packageId).min(1).max(200) })

export type NewPackage = z.output<typeof newPackage>
export type PackageChange = z.output<typeof packageChange>

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
