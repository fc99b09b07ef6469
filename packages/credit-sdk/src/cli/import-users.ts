import type { CreditsEngine } from '../engine/credits-engine.ts'
import { INITIAL_GRANT, OPENING_BALANCE } from '../storage/archive.ts'

/**
 * Gives users their first credits through the engine, each once: who has a ledger row of the action, also one of
 * `scripts/init-credits.sql`, gets nothing. It can be stopped and run again, and run twice at once.
 * @param amount whole credits
 */
export async function importUsers<Txn>(
  engine: CreditsEngine<Txn>,
  userIds: AsyncIterable<string> | Iterable<string>,
  amount: number,
): Promise<{ granted: number; skipped: number }> {
  const counts = { granted: 0, skipped: 0 }
  for await (const userId of userIds) {
    const [earlier] = await engine.getHistory(userId, { action: INITIAL_GRANT, limit: 1 })
    const [opening] = await engine.getHistory(userId, { action: OPENING_BALANCE, limit: 1 })
    if (earlier || opening?.metadata[INITIAL_GRANT] === true) {
      counts.skipped += 1
      continue
    }
    // The key is for two runs at once; it may expire, the row does not.
    await engine.grant({ userId, amount, action: INITIAL_GRANT, idempotencyKey: INITIAL_GRANT })
    counts.granted += 1
  }
  return counts
}
