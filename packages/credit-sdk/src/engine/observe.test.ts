import { expect, test } from 'vitest'
import {
  CreditsEngine,
  type ILogAdapter,
  MockAdapter,
  type ObserveOptions,
  type SlowOperation,
} from '../index.ts'

const createEngine = (options: ObserveOptions, logger?: ILogAdapter) =>
  new CreditsEngine({
    storage: new MockAdapter([{ id: 'ada', credits: 10 }]),
    config: { costs: { act: { default: 10 } } },
    logger,
    ...options,
  })

test('an operation that takes too long is told, whether it succeeds or not', async () => {
  const slow: SlowOperation[] = []
  const engine = createEngine({ onSlowOperation: (operation) => slow.push(operation), slowOperationMs: 0 })
  await engine.charge({ userId: 'ada', action: 'act' })
  await expect(engine.charge({ userId: 'ada', action: 'act' })).rejects.toThrow('needs 10 credits')
  await engine.queryBalance('ada')
  const charge = { name: 'charge', userId: 'ada', action: 'act', durationMs: expect.any(Number) }
  expect(slow).toEqual([charge, charge, { ...charge, name: 'queryBalance', action: undefined }])
})

test('a quick one is not', async () => {
  const slow: SlowOperation[] = []
  const engine = createEngine({
    onSlowOperation: (operation) => slow.push(operation),
    slowOperationMs: 60_000,
  })
  await engine.charge({ userId: 'ada', action: 'act' })
  expect(slow).toEqual([])
})

test('a hook that fails changes nothing, and is logged', async () => {
  const errors: string[] = []
  const logger = { debug() {}, info() {}, warn() {}, error: (message: string) => void errors.push(message) }
  const onSlowOperation = () => {
    throw new Error('no network')
  }
  const engine = createEngine({ onSlowOperation, slowOperationMs: 0 }, logger)
  expect((await engine.charge({ userId: 'ada', action: 'act' })).balanceAfter).toBe(0)
  expect(errors).toEqual(['The hook for slow operations failed.'])
})

test('every call of the engine is observed', async () => {
  const names: string[] = []
  const engine = createEngine({
    observe: (operation, run) => {
      names.push(operation.name)
      return run()
    },
  })
  const userId = 'ada'
  await engine.grant({ userId, amount: 1, action: 'gift' })
  await engine.refund({ userId, amount: 1, action: 'sorry' })
  await engine.getHistory(userId)
  await engine.validateAccess(userId, 'act')
  await engine.deleteExpiredKeys()
  await expect(engine.upgradeTier({ userId, targetTier: 'x' })).rejects.toThrow()
  await expect(engine.downgradeTier({ userId, targetTier: 'x' })).rejects.toThrow()
  expect(names).toEqual(
    'grant refund getHistory validateAccess deleteExpiredKeys upgradeTier downgradeTier'.split(' '),
  )
})
