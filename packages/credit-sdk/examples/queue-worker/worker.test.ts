import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { KyselyAdapter } from '../../src/adapters/kysely/index.ts'
import { CreditsEngine } from '../../src/index.ts'
import { createMigration } from '../../src/schema/index.ts'
import { createPostgres, insertUser, type TestDatabase } from '../../testing/databases.ts'
import { requestRender, startWorker } from './worker.ts'

let database: TestDatabase
let boss: PgBoss
let engine: CreditsEngine
const attempts: string[] = []

beforeAll(async () => {
  database = await createPostgres(inject('postgres'))
  await database.run(createMigration({ dialect: 'postgres' }).up)
  engine = new CreditsEngine({
    storage: new KyselyAdapter({ db: database.db, dialect: 'postgres' }),
    config: { costs: { render: { default: 10 } } },
  })
  boss = new PgBoss({ connectionString: database.url, max: 4 })
  await boss.start()
  const render = async (scene: string) => {
    attempts.push(scene)
    const isFirst = attempts.filter((attempt) => attempt === scene).length === 1
    if (scene === 'broken' || (scene === 'shaky' && isFirst)) throw new Error('out of memory')
  }
  await startWorker({ boss, engine, render, retryLimit: 1, retryDelay: 0 })
})
afterAll(async () => {
  await boss?.stop({ graceful: false })
  await database?.drop()
})

const soon = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 20_000, interval: 100 })
const amountsOf = async (userId: string) => (await engine.getHistory(userId)).map(({ amount }) => amount)

test('a job that is tried twice is paid once', async () => {
  const userId = await insertUser(database, 'users', { credits: 30 })
  await requestRender(boss, { requestId: 'r1', userId, scene: 'shaky' })
  await requestRender(boss, { requestId: 'r1', userId, scene: 'shaky' })
  await soon(() => expect(attempts.filter((scene) => scene === 'shaky')).toHaveLength(2))
  expect(await amountsOf(userId)).toEqual([-10])
})

test('a job that fails for good is given back, once', async () => {
  const userId = await insertUser(database, 'users', { credits: 30 })
  await requestRender(boss, { requestId: 'r2', userId, scene: 'broken' })
  await soon(async () => expect(await amountsOf(userId)).toEqual([10, -10]))
  expect(attempts.filter((scene) => scene === 'broken')).toHaveLength(2)
  expect(await engine.queryBalance(userId)).toBe(30)
})

test('a job nobody can pay is not begun', async () => {
  const userId = await insertUser(database, 'users', { credits: 5 })
  await requestRender(boss, { requestId: 'r3', userId, scene: 'too dear' })
  await soon(async () => {
    const [job] = await boss.findJobs('render', { key: 'r3' })
    expect(job?.state).toBe('failed')
  })
  expect(attempts).not.toContain('too dear')
  expect(await engine.queryBalance(userId)).toBe(5)
})
