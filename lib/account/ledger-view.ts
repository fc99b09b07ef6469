import { z } from 'zod'

type View = { label: string; types: readonly string[] }

/** Parts of a ledger people ask for, by the types of rows they hold; 'all' holds everything. */
export const LEDGER_VIEWS = {
  all: { label: 'All', types: [] },
  spent: { label: 'Spent', types: ['deduction'] },
  refunded: { label: 'Refunded', types: ['refund'] },
  added: { label: 'Added', types: ['purchase', 'subscription_grant', 'signup_bonus', 'promotion'] },
  adjusted: { label: 'Adjusted', types: ['admin_adjustment'] },
  takenBack: { label: 'Taken back', types: ['clawback', 'clawback_reversal', 'debt_repayment'] },
  expired: { label: 'Expired', types: ['expiry'] },
} as const satisfies Record<string, View>

export type LedgerView = keyof typeof LEDGER_VIEWS

const query = z.object({ show: z.string().catch('all') })

function isView(name: string): name is LedgerView {
  return Object.hasOwn(LEDGER_VIEWS, name)
}

/** Reads the view from the query of a page. What is none counts as all. */
export function parseLedgerView(params: Record<string, string | string[] | undefined>): LedgerView {
  const { show } = query.parse(params)
  return isView(show) ? show : 'all'
}
