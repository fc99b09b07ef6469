import { type CreditsConfig, CreditsEngine } from '../index.ts'
import type { User } from '../records.ts'
import type { IStorageAdapter } from '../storage/adapter.ts'

/** A user to create; a balance of null is one that was never opened: NULL in the column, or no row at all. */
export type ConformanceUser = Partial<Pick<User, 'membershipTier' | 'membershipExpiresAt'>> & {
  credits: number | null
}

export type ConformanceOptions = {
  /** Creates a user by whatever means and returns the id. */
  createUser(user: ConformanceUser): Promise<string>
  /** A well-formed id that no user has. */
  unknownUserId?: string
  /** Two tiers that the storage can hold, the lower one first. */
  tiers?: readonly [string, string]
  /** How long a check may take, in milliseconds. One that waits for itself never ends. */
  timeout?: number
  /** Checks that cannot apply, by name, and why. They are reported as skipped. */
  skip?: Readonly<Record<string, string>>
}

/** What the checks work with. `createEngine` makes engines whose clock runs `offset` milliseconds off. */
export type Subject<Txn> = Required<Omit<ConformanceOptions, 'skip' | 'timeout'>> & {
  adapter: IStorageAdapter<Txn>
  engine: CreditsEngine<Txn>
  createEngine(offset: number): CreditsEngine<Txn>
}

export type Check = {
  name: string
  /** @throws UnsafeAdapterError with what is unsafe */
  run<Txn>(subject: Subject<Txn>): Promise<void>
}

/** One sentence on what is unsafe about an adapter, and what it must do instead. */
export class UnsafeAdapterError extends Error {
  override readonly name = 'UnsafeAdapterError'
}

/** Seconds. */
export const KEY_TTL = 60

export function createSubject<Txn>(
  adapter: IStorageAdapter<Txn>,
  { createUser, unknownUserId = 'nobody', tiers = ['basic', 'premium'] }: ConformanceOptions,
): Subject<Txn> {
  const [lower, higher] = tiers
  const config: CreditsConfig = {
    costs: {
      act: { default: 10, [higher]: 5 },
      measured: { default: '{n} * 0.5' },
      members: { default: 10 },
    },
    membership: {
      tiers: { [lower]: 1, [higher]: 2 },
      requirements: { members: lower },
      creditsCaps: { [lower]: 100, [higher]: 500 },
    },
    idempotency: { ttl: KEY_TTL },
    retry: { maxAttempts: 10, initialDelay: 10 },
  }
  const createEngine = (offset: number) =>
    new CreditsEngine({ storage: adapter, config, now: () => new Date(Date.now() + offset) })
  return { adapter, createUser, unknownUserId, tiers, createEngine, engine: createEngine(0) }
}
