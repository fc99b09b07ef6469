import type { IStorageAdapter } from '../storage/adapter.ts'
import { contractChecks } from './contract-checks.ts'
import { keyChecks } from './key-checks.ts'
import { raceChecks } from './race-checks.ts'
import { type ConformanceOptions, createSubject, UnsafeAdapterError } from './subject.ts'
import { tierChecks } from './tier-checks.ts'
import { transactionChecks } from './transaction-checks.ts'

export { type ConformanceOptions, type ConformanceUser, UnsafeAdapterError } from './subject.ts'

export type ConformanceResult = { name: string } & (
  | { status: 'passed' }
  | { status: 'failed'; sentence: string }
  | { status: 'skipped'; sentence: string }
)

/** What somebody may have written from an older documentation: an adapter without `transaction`. */
export type ConformanceCandidate<Txn> = Omit<IStorageAdapter<Txn>, 'transaction'> &
  Partial<Pick<IStorageAdapter<Txn>, 'transaction'>>

const CHECKS = [...contractChecks, ...transactionChecks, ...raceChecks, ...keyChecks, ...tierChecks]

const TIMEOUT_MS = 20_000

/** The names of all checks. */
export const conformanceCheckNames: readonly string[] = CHECKS.map(({ name }) => name)

/**
 * Holds an adapter against everything the engine relies on, races included, on a database where nothing else happens.
 * @returns a result for each check; an adapter is safe when none failed
 * @example
 * const results = await conformance(adapter, { createUser })
 * for (const result of results) if (result.status === 'failed') console.error(result.name, result.sentence)
 */
export async function conformance<Txn>(
  adapter: ConformanceCandidate<Txn>,
  options: ConformanceOptions,
): Promise<ConformanceResult[]> {
  if (!hasTransaction(adapter)) {
    const sentence =
      'The adapter has no transaction(work): balance, ledger row and key are written apart, so a charge can be lost, doubled or half done.'
    return [{ name: 'a transaction', status: 'failed', sentence }]
  }
  const subject = createSubject(adapter, options)
  const results: ConformanceResult[] = []
  for (const { name, run } of CHECKS) {
    const sentence = options.skip?.[name]
    if (sentence !== undefined) results.push({ name, status: 'skipped', sentence })
    else results.push(await resultOf(name, () => withTimeout(run(subject), options.timeout ?? TIMEOUT_MS)))
  }
  return results
}

function hasTransaction<Txn>(adapter: ConformanceCandidate<Txn>): adapter is IStorageAdapter<Txn> {
  return typeof adapter.transaction === 'function'
}

async function withTimeout(work: Promise<void>, timeout: number): Promise<void> {
  const ended = new AbortController()
  const limit = new Promise<never>((_, reject) => {
    const error = new UnsafeAdapterError(
      `It did not end within ${timeout} ms: a method waits outside of the transaction it was given, for a lock or a connection that this transaction holds.`,
    )
    const timer = setTimeout(() => reject(error), timeout)
    ended.signal.addEventListener('abort', () => clearTimeout(timer))
  })
  try {
    await Promise.race([work, limit])
  } finally {
    ended.abort()
  }
}

async function resultOf(name: string, run: () => Promise<void>): Promise<ConformanceResult> {
  try {
    await run()
    return { name, status: 'passed' }
  } catch (error) {
    const sentence =
      error instanceof UnsafeAdapterError ? error.message : `It failed with an error of the storage: ${error}`
    return { name, status: 'failed', sentence }
  }
}
