import { ConfigurationError, InvalidArgumentError, LedgerMismatchError } from '../errors.ts'
import type { IStorageAdapter } from '../storage/adapter.ts'
import { checkDate } from './arguments.ts'
import { withRetry } from './retry.ts'
import type { EngineContext } from './types.ts'

export type ArchiveResult = {
  /** How many ledger rows were moved, and of how many users. */
  transactions: number
  users: number
  /** Users whose ledger does not add up to their balance. Nothing of theirs was moved. */
  mismatches: { userId: string; balance: number; ledgerSum: number }[]
}

const PAGE = 200

/** See `CreditsEngine.archiveTransactions`. */
export async function archiveTransactions<Txn>(
  context: EngineContext<Txn>,
  before: Date,
): Promise<ArchiveResult> {
  const { storage, now } = context
  checkDate('before', before)
  if (before.getTime() > now().getTime()) throw new InvalidArgumentError('before', 'must be in the past')
  const { archive } = storage
  if (!archive) throw new ConfigurationError('storage.archive', 'is missing: this storage has no archive')
  const result: ArchiveResult = { transactions: 0, users: 0, mismatches: [] }
  for (let after: string | undefined; ; ) {
    const userIds = await archive.listUsers(before, { limit: PAGE, after })
    for (const userId of userIds) {
      try {
        // A transaction for each user, so that others are charged meanwhile. Done twice, it moves nothing more.
        const moved = await withRetry(context, true, () =>
          storage.transaction((txn) => moveUser(storage, archive, { userId, before, txn })),
        )
        result.transactions += moved
        if (moved > 0) result.users += 1
      } catch (error) {
        if (!(error instanceof LedgerMismatchError)) throw error
        result.mismatches.push({ userId, balance: error.balance, ledgerSum: error.ledgerSum })
      }
    }
    after = userIds.at(-1)
    if (userIds.length < PAGE) return result
  }
}

/** @throws LedgerMismatchError, which takes everything back, when the balance is not the opening row and the rest */
async function moveUser<Txn>(
  storage: IStorageAdapter<Txn>,
  archive: NonNullable<IStorageAdapter<Txn>['archive']>,
  { userId, before, txn }: { userId: string; before: Date; txn: Txn },
): Promise<number> {
  const user = await storage.updateUserCredits(userId, 0, txn)
  if (!user) return 0
  const { moved, ledgerSum } = await archive.moveRows(userId, before, txn)
  if (moved > 0 && ledgerSum !== user.credits) throw new LedgerMismatchError(userId, user.credits, ledgerSum)
  return moved
}
