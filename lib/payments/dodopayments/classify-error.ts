import 'server-only'
import DodoPayments from 'dodopayments'
import { ProviderRefusedError } from '@/lib/payments/errors'

const TIMED_OUT = 408

/**
 * Waits for an answer of DodoPayments. A request it found fault with was not carried out; of one that timed out or
 * broke on the way nobody can tell, nor after a status among `doubtful`.
 * @throws ProviderRefusedError for the former, whatever was thrown for the latter
 */
export async function classifyError<Body>(
  answer: PromiseLike<Body>,
  { doubtful = [] }: { doubtful?: readonly number[] } = {},
): Promise<Body> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof DodoPayments.APIError) || error.status === undefined) throw error
    if (error.status >= 500 || [TIMED_OUT, ...doubtful].includes(error.status)) throw error
    throw new ProviderRefusedError(error)
  }
}
