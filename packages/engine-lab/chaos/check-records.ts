import { isDeepStrictEqual } from 'node:util'
import { checkPayments } from './check-payments.ts'
import type { Entry, Grant, Part, Records, Wallet } from './records.ts'
import type { Report, Violation } from './world.ts'

/** What a charge still keeps, in the order in which it was taken; credits of no grant are of grant 0. */
type Kept = Map<number, Part[]>
type OpenGrant = Grant & { left: number }

/**
 * Reads the ledger from its first row as an accountant would, without a word of the engine's SQL, and compares what
 * comes out with wallets, grants, holds and payments.
 */
export function checkRecords(records: Records): Violation[] {
  const violations: Violation[] = []
  const report = (rule: string, details: Record<string, unknown>) => violations.push({ rule, details })
  const kept: Kept = new Map()
  for (const wallet of records.wallets) checkWallet(records, wallet, kept, report)
  checkHolds(records, kept, report)
  checkPayments(records, report)
  return violations
}

function checkWallet(records: Records, wallet: Wallet, kept: Kept, report: Report): void {
  const entries = records.ledger.filter(
    ({ user_id, credit_type }) => user_id === wallet.user_id && credit_type === wallet.credit_type,
  )
  const grants: OpenGrant[] = []
  let balance = 0
  let purchased = 0
  let used = 0
  let debt = 0
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) report('rows are numbered without a gap', { entry, expected: index + 1 })
    if (entry.balance_before !== balance) report('a row starts where the last one ended', { entry, balance })
    balance += entry.amount
    if (entry.balance_after !== balance || balance < 0) report('a row adds up', { entry, balance })
    if (entry.type === 'purchase' || entry.type === 'subscription_grant') purchased += entry.amount
    if (entry.type === 'deduction' || entry.type === 'refund') used -= entry.amount

    const born = records.grants.find(({ transaction_id }) => transaction_id === entry.id)
    if (born) grants.push({ ...born, left: entry.amount })
    if (entry.type === 'expiry') expire(grants, entry, report)
    else if (entry.type === 'refund') restore(grants, entry, kept, report)
    else if (entry.amount < 0) take(grants, entry, kept, report)
    debt += entry.debt_change ?? 0
  }
  for (const { left, ...grant } of grants) {
    if (grant.remaining !== left) report('a grant has what the ledger left of it', { grant, left })
  }
  const ends = grants.filter(({ left }) => left > 0).map(({ expires_at }) => expires_at)
  const expected = {
    balance,
    total_purchased: purchased,
    total_used: used,
    debt,
    version: entries.length,
    next_expiry_at: ends.sort((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null,
  }
  if (!isDeepStrictEqual({ ...wallet, ...expected }, wallet))
    report('a wallet says what its ledger says', { wallet, expected })
  if (debt < 0 || (debt > 0 && balance > 0)) report('a debt is repaid first', { wallet, debt })
}

/**
 * Grants are spent by priority, then the soonest to expire, then the oldest, and before anything else. What a payment
 * bought without expiry is taken back the other way round: out of other credits without expiry first.
 */
function take(grants: OpenGrant[], entry: Entry, kept: Kept, report: Report): void {
  const inGrants = grants.reduce((total, { left }) => total + left, 0)
  const withoutExpiry =
    entry.type === 'clawback' ? Math.min(entry.balance_before - inGrants, -entry.amount) : 0
  const order = grants
    .filter(({ left }) => left > 0)
    .sort(
      (a, b) => a.priority - b.priority || Date.parse(a.expires_at) - Date.parse(b.expires_at) || a.id - b.id,
    )
  const parts: Part[] = []
  let rest = -entry.amount - withoutExpiry
  for (const grant of order) {
    const amount = Math.min(grant.left, rest)
    if (amount === 0) break
    grant.left -= amount
    rest -= amount
    parts.push({ grant: grant.id, amount })
  }
  const burned = (entry.burned_grants ?? []).map(({ grant, amount }) => ({ grant, amount }))
  if (JSON.stringify(burned) !== JSON.stringify(parts)) {
    report('grants are spent first, in their order', { entry, expected: parts })
  }
  kept.set(entry.id, rest > 0 ? [...parts, { grant: 0, amount: rest }] : parts)
}

/** What was taken last comes back first, to where it came from, and never more than was taken. */
function restore(grants: OpenGrant[], entry: Entry, kept: Kept, report: Report): void {
  const parts = kept.get(entry.reverses ?? 0) ?? []
  let rest = entry.amount
  while (rest > 0) {
    const part = parts.at(-1)
    if (!part) {
      report('no more comes back than was taken', { entry, tooMuch: rest })
      break
    }
    const amount = Math.min(part.amount, rest)
    const grant = grants.find(({ id }) => id === part.grant)
    if (grant) grant.left += amount
    part.amount -= amount
    rest -= amount
    if (part.amount === 0) parts.pop()
  }
}

function expire(grants: OpenGrant[], entry: Entry, report: Report): void {
  const grant = grants.find(({ id }) => id === entry.burned_grants?.[0]?.grant)
  const inTime = grant && Date.parse(grant.expires_at) <= Date.parse(entry.created_at)
  if (!grant || !inTime || grant.left !== -entry.amount)
    report('what is left of a grant expires in its time', { entry, grant })
  if (grant) grant.left = 0
}

function checkHolds(records: Records, kept: Kept, report: Report): void {
  for (const hold of records.holds) {
    const keeps = (kept.get(hold.transaction_id) ?? []).reduce((total, { amount }) => total + amount, 0)
    const most =
      hold.status === 'settled' ? (hold.settled_amount ?? 0) : hold.status === 'open' ? hold.amount : 0
    const least = hold.status === 'open' ? hold.amount : 0
    if (keeps > most || keeps < least) report('a hold keeps what its status says', { hold, keeps })
  }
}
