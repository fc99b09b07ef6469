import { z } from 'zod'
import { newPackage, packageChange } from '../admin/packages/package-input.ts'
import { packageId, packageIdFrom } from '../catalog/package-id.ts'
import { mutation } from './contract.ts'

type Terms = {
  description?: string
  creditType?: string
  currency?: string
  unusedCredits?: 'roll_over' | 'expire'
  interval?: 'month' | 'year'
  tier?: string | null
  trialDays?: number
  popular?: boolean
  sortOrder?: number
  metadata?: Record<string, unknown>
  /** Another name of `credits`. */
  creditAmount?: number
  credits?: number
  /** Another name of `active`. */
  isActive?: boolean
  active?: boolean
}

/** `price` is in minor units. Without an `id` the name makes one. */
type NewPackage = Terms & { id?: string; kind?: 'one_time' | 'subscription'; name: string; price: number }

/** Without the `version` that was looked at, it is changed as it is now. */
type PackageChange = Terms & { id: string; version?: number; name?: string; price?: number }

const change = z.strictObject({
  ...packageChange.shape,
  id: packageId,
  version: packageChange.shape.version.optional(),
})

const saved = z.object({ id: z.string(), version: z.number(), replayed: z.boolean() })

/** Admins put a package or plan up for sale; its product at the payment provider follows. */
export const createPackage = mutation('/api/admin/packages', {
  input: inOtherWords<typeof newPackage, NewPackage>(newPackage, (given) => ({
    ...given,
    ...(given.id === undefined && typeof given.name === 'string' && { id: packageIdFrom(given.name) }),
  })),
  output: saved,
})

/** Admins change a package; its product follows. */
export const updatePackage = mutation('/api/admin/packages/:id', {
  method: 'PATCH',
  input: inOtherWords<typeof change, PackageChange>(change, (given) => given),
  output: saved,
})

type Fields = Record<string, unknown>

/** A schema that takes the other names of its fields as well; sent by both names, a field is refused. */
function inOtherWords<Schema extends z.ZodType, Input>(
  schema: Schema,
  complete: (given: Fields) => Fields,
): z.ZodType<z.output<Schema>, Input>
function inOtherWords(schema: z.ZodType, complete: (given: Fields) => Fields): z.ZodType {
  const fields = z.record(z.string(), z.unknown())
  return z.preprocess((given) => {
    const read = fields.safeParse(given)
    if (!read.success) return given
    const { creditAmount, isActive, ...rest } = read.data
    return complete({
      ...rest,
      ...withName('credits', 'creditAmount', rest, creditAmount),
      ...withName('active', 'isActive', rest, isActive),
    })
  }, schema)
}

function withName(name: string, other: string, { [name]: own }: Fields, value: unknown): Fields {
  if (value === undefined) return {}
  return own === undefined ? { [name]: value } : { [other]: value }
}
