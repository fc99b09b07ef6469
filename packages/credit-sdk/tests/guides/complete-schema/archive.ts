import type { ArchiveResult, CreditsEngine } from 'credit-sdk'

export async function archiveOldTransactions(engine: CreditsEngine<object>): Promise<ArchiveResult> {
  const sixMonthsAgo = new Date()
  sixMonthsAgo.setMonth(sixMonthsAgo.getMonth() - 6)

  // Moves to the archive table, counts, deletes from the main table, and puts an opening row in their place
  return engine.archiveTransactions({ before: sixMonthsAgo })
}
