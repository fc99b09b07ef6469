import { z } from 'zod'
import { ApiCallError, type RunEvent, type RunProgress, readReply } from '@/lib/http/api-client'
import { creditManager } from './credit-manager'

const balanceBody = z.looseObject({
  newBalance: z.int(),
  balanceVersion: z.int().optional(),
  creditType: z.string().optional(),
})

/**
 * Runs a call of an API that changes the balance and shows the new one at once.
 * @param onProgress told how far a run has come, when the API answers with a stream of events
 * @param onEvent told what else a run says meanwhile
 * @returns the parsed body
 * @throws ApiCallError for every refusal, for an unreadable answer, and when the network fails
 */
export async function makeApiCallWithCreditUpdate<Body>(
  apiCall: () => Promise<Response>,
  userId: string,
  onProgress?: (progress: RunProgress) => void,
  onEvent?: (event: RunEvent) => void,
): Promise<Body>
export async function makeApiCallWithCreditUpdate(
  apiCall: () => Promise<Response>,
  userId: string,
  onProgress?: (progress: RunProgress) => void,
  onEvent?: (event: RunEvent) => void,
): Promise<unknown> {
  const body = await readReply(apiCall, onProgress, onEvent).catch((error: unknown) => {
    // A refusal for want of credits, or a refund, means that this tab may be behind.
    if (error instanceof ApiCallError && error.status !== 0) {
      void creditManager.refresh(userId).catch(() => undefined)
    }
    throw error
  })
  const updated = balanceBody.safeParse(body)
  if (updated.success) {
    const { newBalance, balanceVersion: version, creditType } = updated.data
    creditManager.updateBalance(userId, newBalance, { version, creditType, ahead: true })
  }
  return body
}
