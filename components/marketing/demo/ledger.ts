/** One thing a visitor may do in the demo: what it is called and what it does to the balance. */
export type DemoAction = { id: string; label: string; type: string; amount: number; description: string }

export type DemoEntry = {
  seq: number
  type: string
  description: string
  amount: number
  balanceAfter: number
}

/** Newest first, as the transactions page shows it. */
export type DemoLedger = readonly DemoEntry[]

/** What can still be spent: the ledger's last word. */
export function balanceOf(ledger: DemoLedger): number {
  return ledger[0]?.balanceAfter ?? 0
}

/** Posts an action as the database would: one row on top, or nothing when the balance cannot pay. */
export function post(ledger: DemoLedger, action: DemoAction): DemoLedger {
  const balanceAfter = balanceOf(ledger) + action.amount
  if (balanceAfter < 0) return ledger
  const { type, description, amount } = action
  return [{ seq: (ledger[0]?.seq ?? 0) + 1, type, description, amount, balanceAfter }, ...ledger]
}
