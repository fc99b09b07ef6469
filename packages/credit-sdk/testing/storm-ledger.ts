/** What a database has after a storm, whatever its tables are called. */
export type StormLedger = {
  balances: ReadonlyMap<string, number>
  /** In the order in which they were written. */
  entries: readonly StormEntry[]
  /** The rows that keys name as their results. */
  resultsOfKeys: readonly string[]
  /** What the database itself finds wrong. */
  problems: readonly string[]
}

export type StormEntry = {
  id: string
  userId: string
  amount: number
  balanceBefore: number
  balanceAfter: number
  refundOf: string | null
}

type Expected = {
  users: readonly string[]
  /** What each user had in the beginning. */
  opening: number
  /** The rows whose operations were answered, and by how much they moved the balance. */
  kept: ReadonlyMap<string, number>
  /** The rows that were rolled back. */
  undone: readonly string[]
}

export function findViolations(
  { balances, entries, resultsOfKeys, problems }: StormLedger,
  { users, opening, kept, undone }: Expected,
): string[] {
  const violations = [...problems]
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  for (const userId of users) {
    const own = entries.filter((entry) => entry.userId === userId)
    // What the user had may have a row of its own.
    let balance = own[0]?.balanceBefore === 0 ? 0 : opening
    for (const { id, amount, balanceBefore, balanceAfter } of own) {
      if (balanceBefore !== balance || balanceBefore + amount !== balanceAfter)
        violations.push(`the ledger of ${userId} does not chain at ${id}`)
      balance = balanceAfter
      if (balance < 0) violations.push(`the balance of ${userId} was ${balance}`)
    }
    const current = balances.get(userId)
    if (current !== balance)
      violations.push(`the balance of ${userId} is ${current}, its ledger ends at ${balance}`)
  }
  const refunded = new Map<string, number>()
  for (const { refundOf, amount } of entries) {
    if (refundOf === null) continue
    const sum = (refunded.get(refundOf) ?? 0) + amount
    refunded.set(refundOf, sum)
    if (sum > -(byId.get(refundOf)?.amount ?? 0)) violations.push(`${refundOf} was refunded with ${sum}`)
  }
  for (const [id, amount] of kept)
    if (byId.get(id)?.amount !== amount) violations.push(`${id} was returned, and its row is not there`)
  for (const id of undone) if (byId.has(id)) violations.push(`${id} was rolled back, and its row is there`)
  for (const id of resultsOfKeys)
    if (!byId.has(id)) violations.push(`a key has the result ${id}, without a row`)
  return violations
}
