import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { PrismaAdapter } from '../../src/adapters/prisma/index.ts'
import { CreditsEngine } from '../../src/index.ts'
import { createPostgres, type TestDatabase } from '../../testing/databases.ts'
import { compileSample, loadSample, sampleTables } from '../../testing/guide-sample.ts'
import type { GeneratedClient } from '../../testing/prisma-client.ts'

const SAMPLE = 'existing-user-table'

describe('guide 000, extend the existing user table', () => {
  let database: TestDatabase
  let prisma: GeneratedClient
  let engine: CreditsEngine<object>

  beforeAll(async () => {
    await compileSample(SAMPLE)
    database = await createPostgres(inject('postgres'))
    await database.run(`${sampleTables('postgresql')}
      alter table "User" add email text unique, add name text not null default '', add password text, add role text;
      create table "Post" (id serial primary key, title text not null unique);
      insert into "User" (id, email, password, role, credits) values ('ada', 'ada@example.com', '', 'member', 100)`)
    const { PrismaClient } = await loadSample(SAMPLE, 'generated/client.ts')
    prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url }) })
    const config = { costs: { 'generate-post': { default: 10 } } }
    engine = new CreditsEngine({ storage: new PrismaAdapter(prisma), config })
  })
  afterAll(async () => {
    await prisma?.$disconnect()
    await database?.drop()
  })

  test('a charge with txn is rolled back with the post, one without it stays', async () => {
    const { writePost, writePostApart } = await loadSample(SAMPLE, 'rollback.ts')
    await writePost({ prisma, engine }, 'ada', 'taken')
    expect(await engine.queryBalance('ada')).toBe(90)
    await expect(writePost({ prisma, engine }, 'ada', 'taken')).rejects.toThrow('Unique constraint')
    expect(await engine.queryBalance('ada')).toBe(90)
    await expect(writePostApart({ prisma, engine }, 'ada', 'taken')).rejects.toThrow('Unique constraint')
    expect(await engine.queryBalance('ada')).toBe(80)
  })
})
