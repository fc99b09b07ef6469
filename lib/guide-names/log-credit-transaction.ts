import 'server-only'
import { creditService } from '@/lib/credits'
import type { CreditTransaction } from '@/lib/credits/types'
import { NotFoundError } from '@/lib/http/errors'
import { logger } from '@/lib/logger'

type Logged = {
  userId: string
  amount: number
  type: string
  creditType?: string
  description?: string
  referenceId?: string
  adminId?: string
}

/** As many of the latest rows as a change may be among, if others came in between. */
const LATEST = 20

/**
 * Gives the ledger row of a change that was just made, and writes the rest of what is said to the log. Why: the engine
 * writes the row with the change itself, so a second one would count the credits twice. Say who, why and what for in the
 * options of the change instead.
 * @throws NotFoundError when no such change was made
 */
export async function logCreditTransaction(change: Logged): Promise<CreditTransaction> {
  const { userId, amount, creditType, ...told } = change
  const rows = await creditService.getTransactionHistory(userId, { creditType, limit: LATEST })
  const row = rows.find((latest) => latest.amount === amount)
  if (!row) {
    const message = 'The ledger has no such change. Make it with creditService, which writes the row as well.'
    throw new NotFoundError(message, 'transaction_not_found')
  }
  logger.info('credit transaction', { userId, amount, transactionId: row.id, ...told })
  return row
}
