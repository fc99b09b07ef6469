import { z } from 'zod'

/** Fields that Stripe's objects share. Only what is read of them; one it adds or leaves empty elsewhere changes nothing. */
export const id = z.string().min(1).max(255)
/** Stripe writes currencies in lower case. */
export const currency = z
  .string()
  .regex(/^[a-z]{3}$/i)
  .transform((code) => code.toUpperCase())
/** A timestamp in Unix seconds. */
export const seconds = z.int().min(0)
/** An object, or its id where it was not asked for whole. */
export const reference = z.union([id, z.looseObject({ id }).transform((object) => object.id)])

/** What the server wrote into a checkout when it opened it; others' carry none of it. */
export const ourMetadata = z.looseObject({ package_id: z.string().min(1), product_id: z.string().min(1) })

/** Whether an object carries what our server writes into each checkout. */
export const isOurs = (metadata: unknown) => ourMetadata.safeParse(metadata).success

const changed = z.looseObject({ previous_attributes: z.looseObject({}) })

/** Whether the data of an event says that a subscription is paid otherwise now. It names the new way by its id alone. */
export function changesPaymentMethod(data: unknown): boolean {
  const read = changed.safeParse(data)
  return read.success && 'default_payment_method' in read.data.previous_attributes
}

/** Unix seconds as ISO 8601. */
export const toTimestamp = (unix: number) => new Date(unix * 1000).toISOString()

/**
 * When an event happened that Stripe stamped with a second: at the end of that, so that how things stood when they were
 * asked for earlier in it counts as older.
 */
export const toOccurredAt = (unix: number) => new Date(unix * 1000 + 999).toISOString()
