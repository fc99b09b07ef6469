import type { Metadata } from '../records.ts'

/** The action of the ledger row that stands for all rows before it, which were archived. Its amount is where they ended. */
export const OPENING_BALANCE = 'opening-balance'

/** The action of the credits that users got when the SDK came to them. Nobody gets them twice, archived or not. */
export const INITIAL_GRANT = 'initial-grant'

export type MovedRows = {
  /** How many ledger rows are in the archive now that were not there before. */
  moved: number
  /** The sum of the amounts that are left in the ledger, with the opening row. */
  ledgerSum: number
}

/** Where old ledger rows go. Every row of a balance counts, whichever of its users acted. */
export interface LedgerArchive<Txn> {
  /** Users with rows older than `before` that are no opening rows, in the order of their ids. */
  listUsers(before: Date, page: { limit: number; after: string | undefined }): Promise<string[]>
  /**
   * Moves the rows older than `before` of a balance that the transaction has locked, and puts an opening row in their
   * place. An earlier opening row is replaced.
   * @throws StorageConflictError when not as many rows were removed as were written
   */
  moveRows(userId: string, before: Date, txn: Txn): Promise<MovedRows>
}

/** What the opening row keeps of the rows it stands for; an id where theirs is looked for. */
export function openingRowOf(rows: readonly { id: string; action: string; metadata: unknown }[]): {
  id: string | undefined
  metadata: Metadata
} {
  const hadInitialGrant = rows.some(
    ({ action, metadata }) =>
      action === INITIAL_GRANT || Reflect.get(Object(metadata), INITIAL_GRANT) === true,
  )
  // `scripts/init-credits.sql` knows whom it has served by the id of the row.
  const kept = rows.find(({ id }) => id.startsWith(`${INITIAL_GRANT}:`))
  return { id: kept?.id, metadata: hadInitialGrant ? { [INITIAL_GRANT]: true } : {} }
}
