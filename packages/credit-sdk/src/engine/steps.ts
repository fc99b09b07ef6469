import { InsufficientCreditsError, StorageConflictError } from '../errors.ts'
import type { OperationKind, User } from '../records.ts'
import type { IStorageAdapter, NewTransaction } from '../storage/adapter.ts'
import type {
  ChargeCommand,
  ChargeOutcome,
  CreditCommand,
  CreditOutcome,
  KeyClaim,
  Refusal,
} from '../storage/commands.ts'
import { effectiveTier } from './membership.ts'
import { newId } from './new-id.ts'
import { pickPrice } from './prices.ts'

/**
 * A charge step by step, for a storage without `applyCharge`. The lock comes first: what is read after it holds until
 * the transaction ends. The key is stored before the balance changes, so that a key somebody else took meanwhile leaves
 * nothing half done.
 * @throws StorageConflictError when the storage does not hold what it locked
 */
export async function chargeBySteps<Txn>(
  storage: IStorageAdapter<Txn>,
  command: ChargeCommand,
  txn: Txn,
): Promise<ChargeOutcome> {
  const begun = await begin(storage, command, txn)
  if ('status' in begun) return begun
  const tier = effectiveTier(begun, command.now)
  const price = pickPrice(command.prices, tier)
  if (!price) return { status: 'refused', tier }
  const { cost } = price
  if (begun.credits < cost) return { status: 'insufficient', required: cost, available: begun.credits }

  const transactionId = newId()
  const balances = { balanceBefore: begun.credits, balanceAfter: begun.credits - cost }
  await keepResult(storage, command, { success: true, transactionId, cost, ...balances }, txn)
  const after = await storage.updateUserCredits(command.userId, -cost, txn, { floor: 0, kind: 'charge' })
  if (!after) throw new InsufficientCreditsError(command.userId, cost, begun.credits)
  requireHeld(after, balances.balanceAfter)
  const metadata = { ...command.metadata, ...price.metadata }
  await post(storage, command, { id: transactionId, amount: -cost, ...balances, metadata }, txn)
  return { status: 'done', transactionId, cost, ...balances }
}

/** A grant or a refund step by step, for a storage without `applyCredit`. */
export async function creditBySteps<Txn>(
  storage: IStorageAdapter<Txn>,
  command: CreditCommand,
  txn: Txn,
): Promise<CreditOutcome> {
  const begun = await begin(storage, command, txn)
  if ('status' in begun) return begun
  const { amount, refundOf, metadata } = command
  if (refundOf !== undefined) {
    const charge = await storage.getTransactionById(refundOf, txn)
    if (charge?.userId !== command.userId || charge.amount >= 0) return { status: 'transaction-not-found' }
    const refundable = -charge.amount - (await storage.getRefundedAmount(refundOf, txn))
    if (amount > refundable) return { status: 'refund-limit', refundable }
  }

  const transactionId = newId()
  const balances = { balanceBefore: begun.credits, balanceAfter: begun.credits + amount }
  const result = { transactionId, amount, balanceAfter: balances.balanceAfter }
  await keepResult(storage, command, { success: true, ...result }, txn)
  const after = await storage.updateUserCredits(command.userId, amount, txn, { kind: command.kind })
  requireHeld(after, balances.balanceAfter)
  await post(storage, command, { id: transactionId, amount, ...balances, metadata, refundOf }, txn)
  return { status: 'done', ...result }
}

/** Locks the user, then looks the key up: in that order, or two requests with one key would both find it new. */
export async function begin<Txn>(
  storage: IStorageAdapter<Txn>,
  { userId, keyClaim, now }: { userId: string; keyClaim?: KeyClaim; now: Date },
  txn: Txn,
): Promise<User | Refusal> {
  const user = await storage.updateUserCredits(userId, 0, txn)
  if (!user) return { status: 'user-not-found' }
  const record = keyClaim && (await storage.getIdempotencyRecord(keyClaim.key, txn))
  return record && record.expiresAt.getTime() > now.getTime() ? { status: 'replayed', record } : user
}

/** @throws StorageConflictError when the key is in use, though it was not seen: this transaction reads an old snapshot */
export async function keepResult<Txn>(
  storage: IStorageAdapter<Txn>,
  { keyClaim, now }: { keyClaim?: KeyClaim; now: Date },
  result: Record<string, unknown>,
  txn: Txn,
): Promise<void> {
  if (!keyClaim) return
  const { key, request, expiresAt } = keyClaim
  const stored = await storage.createIdempotencyRecord(
    { key, result: { request, result }, createdAt: now, expiresAt },
    txn,
  )
  if (!stored) throw new StorageConflictError('The idempotency key was used while this transaction ran.')
}

type StepCommand = { userId: string; action: string; kind: OperationKind; audit: boolean }
type Entry = Required<Pick<NewTransaction, 'id' | 'amount' | 'balanceBefore' | 'balanceAfter' | 'metadata'>> &
  Pick<NewTransaction, 'refundOf'>

/** Writes the ledger row, and the row of the audit log beside it. */
export async function post<Txn>(
  storage: IStorageAdapter<Txn>,
  { userId, action, kind, audit }: StepCommand,
  entry: Entry,
  txn: Txn,
): Promise<void> {
  await storage.createTransaction({ userId, action, kind, ...entry }, txn)
  if (!audit) return
  const metadata = { operation: kind, transactionId: entry.id, amount: entry.amount }
  await storage.createAuditLog({ userId, action, status: 'success', metadata }, txn)
}

/** @throws StorageConflictError when the balance is not what the lock promised */
export function requireHeld(user: User | null, credits: number): void {
  if (user?.credits !== credits)
    throw new StorageConflictError(
      'The balance changed between its lock and its update: updateUserCredits must lock.',
    )
}
