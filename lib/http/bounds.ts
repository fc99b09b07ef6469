import { BadRequestError } from './errors'
import { walk } from './walk'

const MAX_DEPTH = 64
const MAX_VALUES = 100_000

/**
 * Refuses an input whose checks would take long, or more stack than there is: it may be 64 levels deep and hold 100,000
 * values.
 * @throws {BadRequestError}
 */
export function assertBounded(input: unknown): void {
  let values = 0
  for (const { depth } of walk(input)) {
    values += 1
    if (depth > MAX_DEPTH) throw new BadRequestError('The request is nested too deeply.')
    if (values > MAX_VALUES) throw new BadRequestError('The request holds too many values.')
  }
}
