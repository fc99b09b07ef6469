import { z } from 'zod'
import { creditManager } from './credit-manager'
import { type CallResult, type RunProgress, readAnswer } from './read-answer'

const errorBody = z.looseObject({
  error: z.string(),
  message: z.string(),
  currentBalance: z.int().optional(),
  requiredCredits: z.int().optional(),
})
const balanceBody = z.looseObject({
  newBalance: z.int(),
  balanceVersion: z.int().optional(),
  creditType: z.string().optional(),
})

/** What a call of an API of ours answered when it refused. `message` is a sentence for people; `status` 0 is the network. */
export class ApiCallError extends Error {
  readonly code: string
  readonly status: number
  readonly details: Record<string, unknown>

  constructor(code: string, status: number, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'ApiCallError'
    this.code = code
    this.status = status
    this.details = details
  }
}

/**
 * Runs a call of an API that changes the balance and shows the new one at once.
 * @param onProgress told how far a run has come, when the API answers with a stream of events
 * @returns the parsed body
 * @throws ApiCallError for every refusal, for an unreadable answer, and when the network fails
 */
export async function makeApiCallWithCreditUpdate<Body>(
  apiCall: () => Promise<Response>,
  userId: string,
  onProgress?: (progress: RunProgress) => void,
): Promise<Body>
export async function makeApiCallWithCreditUpdate(
  apiCall: () => Promise<Response>,
  userId: string,
  onProgress?: (progress: RunProgress) => void,
): Promise<unknown> {
  const answer = await send(apiCall, onProgress)
  if (!answer.ok) {
    // A refusal for want of credits, or a refund, tells that this tab may be behind.
    void creditManager.refresh(userId).catch(() => undefined)
    throw toApiCallError(answer)
  }
  const updated = balanceBody.safeParse(answer.body)
  if (updated.success) {
    const { newBalance, balanceVersion: version, creditType } = updated.data
    creditManager.updateBalance(userId, newBalance, { version, creditType, ahead: true })
  }
  return answer.body
}

async function send(
  apiCall: () => Promise<Response>,
  onProgress?: (progress: RunProgress) => void,
): Promise<CallResult> {
  try {
    return await readAnswer(await apiCall(), onProgress)
  } catch (cause) {
    const message = 'The server could not be reached. Check your connection and try again.'
    throw Object.assign(new ApiCallError('network_error', 0, message), { cause })
  }
}

function toApiCallError({ status, body }: CallResult): ApiCallError {
  const refused = errorBody.safeParse(body)
  if (!refused.success) {
    return new ApiCallError('unexpected_answer', status, 'Something went wrong. Please try again.')
  }
  const { error, message, ...details } = refused.data
  return new ApiCallError(error, status, message, details)
}
