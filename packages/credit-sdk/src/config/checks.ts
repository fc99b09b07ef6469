import { ConfigurationError } from '../errors.ts'

/** The entries of an object. @throws ConfigurationError for anything else */
export function readEntries(field: string, value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new ConfigurationError(field, 'must be an object')
  return Object.entries(value)
}

/** @throws ConfigurationError when the object has a key that is not one of `known` */
export function refuseUnknownKeys(field: string, value: unknown, known: readonly string[]): void {
  for (const [key] of readEntries(field, value)) {
    if (!known.includes(key))
      throw new ConfigurationError(`${field}.${key}`, `is not an option; there are ${known.join(', ')}`)
  }
}

/** @throws ConfigurationError unless the value is a whole number of at least `least` */
export function readWhole(field: string, value: unknown, least: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least)
    throw new ConfigurationError(field, `must be a whole number of at least ${least}`)
  return value
}

/** @throws ConfigurationError unless the value is a finite number of at least `least` */
export function readNumber(field: string, value: unknown, least: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < least)
    throw new ConfigurationError(field, `must be a number of at least ${least}`)
  return value
}

/** @throws ConfigurationError unless the value is true or false */
export function readBoolean(field: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new ConfigurationError(field, 'must be true or false')
  return value
}
