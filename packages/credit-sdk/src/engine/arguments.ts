import { InvalidArgumentError } from '../errors.ts'
import type { Variables } from '../formula/evaluate.ts'
import type { Metadata } from '../records.ts'

const MAX_PAGE = 1000

/** @throws InvalidArgumentError unless the value is text that is not empty */
export function checkId(argument: string, value: unknown): void {
  if (typeof value !== 'string' || value.length === 0)
    throw new InvalidArgumentError(argument, 'must be text that is not empty')
}

/** @throws InvalidArgumentError unless the value is a whole number of at least 1 credit */
export function checkAmount(argument: string, value: unknown): void {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError(argument, 'must be a whole number of credits, at least 1')
}

/** @throws InvalidArgumentError unless every variable is a finite number */
export function checkVariables(variables: Variables): void {
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new InvalidArgumentError(`variables.${name}`, 'must be a number')
  }
}

/** @throws InvalidArgumentError unless the metadata is an object that JSON can hold */
export function checkMetadata(metadata: Metadata): void {
  try {
    if (
      typeof metadata === 'object' &&
      metadata !== null &&
      !Array.isArray(metadata) &&
      JSON.stringify(metadata)
    )
      return
  } catch {
    // A circle, or a bigint.
  }
  throw new InvalidArgumentError('metadata', 'must be an object that can be written as JSON')
}

/** @throws InvalidArgumentError unless limit is 1 to 1000 and offset a whole number of at least 0 */
export function checkPage({ limit, offset }: { limit: number; offset: number }): void {
  if (!Number.isSafeInteger(limit) || limit < 1 || limit > MAX_PAGE)
    throw new InvalidArgumentError('limit', `must be a whole number from 1 to ${MAX_PAGE}`)
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw new InvalidArgumentError('offset', 'must be a whole number of at least 0')
}

/** @throws InvalidArgumentError for a date that is none */
export function checkDate(argument: string, value: Date | null | undefined): void {
  if (value && !(value instanceof Date && Number.isFinite(value.getTime())))
    throw new InvalidArgumentError(argument, 'must be a valid Date')
}
