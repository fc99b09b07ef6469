import { describe, expect, test } from 'vitest'
import { MockAdapter } from '../adapters/memory/mock-adapter.ts'
import type { User } from '../records.ts'
import type { StorageFailure } from '../storage/adapter.ts'
import { CreditsEngine } from './credits-engine.ts'

/** Fails the first update of a balance, as a database would. */
class FailingAdapter extends MockAdapter {
  failures: StorageFailure[]

  constructor(...failures: StorageFailure[]) {
    super([{ id: 'u', credits: 100 }])
    this.failures = failures
  }

  override async updateUserCredits(
    ...args: Parameters<MockAdapter['updateUserCredits']>
  ): Promise<User | null> {
    const failure = this.failures.shift()
    if (failure) throw new Error(failure)
    return super.updateUserCredits(...args)
  }

  classifyError(error: unknown): StorageFailure | undefined {
    const message = error instanceof Error ? error.message : ''
    return message === 'rolled-back' || message === 'connection-lost' ? message : undefined
  }
}

const config = { costs: { act: { default: 10 } }, retry: { initialDelay: 1, maxAttempts: 3 } }
const charge = { userId: 'u', action: 'act' }

describe('a charge is tried again', () => {
  test('when the database has undone it', async () => {
    const engine = new CreditsEngine({ storage: new FailingAdapter('rolled-back', 'rolled-back'), config })
    expect((await engine.charge(charge)).balanceAfter).toBe(90)
  })

  test('when the connection was lost, only with a key: it may have been committed', async () => {
    const engine = new CreditsEngine({
      storage: new FailingAdapter('connection-lost', 'connection-lost'),
      config,
    })
    await expect(engine.charge(charge)).rejects.toThrow('connection-lost')
    expect((await engine.charge({ ...charge, idempotencyKey: 'k' })).balanceAfter).toBe(90)
  })

  test('so many times as configured, and not at all when that is off', async () => {
    const failures: StorageFailure[] = ['rolled-back', 'rolled-back', 'rolled-back']
    const engine = new CreditsEngine({ storage: new FailingAdapter(...failures), config })
    await expect(engine.charge(charge)).rejects.toThrow('rolled-back')
    const off = { ...config, retry: { enabled: false } }
    const once = new CreditsEngine({ storage: new FailingAdapter('rolled-back'), config: off })
    await expect(once.charge(charge)).rejects.toThrow('rolled-back')
  })

  test("never within the caller's transaction, which is gone", async () => {
    const storage = new FailingAdapter('rolled-back')
    const engine = new CreditsEngine({ storage, config })
    const work = storage.transaction((txn) => engine.charge({ ...charge, txn }))
    await expect(work).rejects.toThrow('rolled-back')
  })
})
