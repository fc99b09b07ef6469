import { PrismaLibSql } from '@prisma/adapter-libsql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSqlite, type TestDatabase } from '../../testing/databases.ts'
import { compileSample, loadSample, sampleTables } from '../../testing/guide-sample.ts'
import type { GeneratedClient } from '../../testing/prisma-client.ts'

const SAMPLE = 'separate-credits'

describe('guide 000, a separate credits table', () => {
  let database: TestDatabase
  let prisma: GeneratedClient

  beforeAll(async () => {
    await compileSample(SAMPLE)
    database = await createSqlite()
    const credits = sampleTables('sqlite', { User: 'UserCredits' })
      .replace('"id"', '"userId"')
      .replace('PRIMARY KEY ("id")', 'PRIMARY KEY ("userId")')
      .replaceAll('REFERENCES "UserCredits" ("id")', 'REFERENCES "UserCredits" ("userId")')
    await database.run(`create table "User" (id text primary key, email text not null unique, name text not null);
      insert into "User" values ('ada', 'ada@example.com', 'Ada');
      ${credits}`)
    const { PrismaClient } = await loadSample(SAMPLE, 'generated/client.ts')
    prisma = new PrismaClient({ adapter: new PrismaLibSql({ url: `file:${database.url}` }) })
  })
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
  })

  test('a user who was there before has a balance of 0, opened by the first grant', async () => {
    const { createEngine } = await loadSample(SAMPLE, 'engine.ts')
    const engine = createEngine(prisma)
    expect(await engine.queryBalance('ada')).toBe(0)
    await expect(engine.charge({ userId: 'ada', action: 'act' })).rejects.toMatchObject({ available: 0 })
    await engine.grant({ userId: 'ada', amount: 30, action: 'welcome' })
    expect((await engine.charge({ userId: 'ada', action: 'act' })).balanceAfter).toBe(20)
    await expect(engine.charge({ userId: 'eve', action: 'act' })).rejects.toMatchObject({
      code: 'USER_NOT_FOUND',
    })
  })
})
