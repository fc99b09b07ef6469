import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { KyselyAdapter } from '../src/adapters/kysely/index.ts'
import { importUsers } from '../src/cli/import-users.ts'
import { planInit } from '../src/cli/init.ts'
import { CreditsEngine, MockAdapter } from '../src/index.ts'
import { createMariaDb, createPostgres, type TestDatabase } from '../testing/databases.ts'

const CLI = join(import.meta.dirname, '../src/cli/main.ts')
const mariadb = inject('mariadb')

async function run(cwd: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)('node', [CLI, ...args], { cwd })
  return stdout
}

describe('credit-sdk init', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credit-sdk-init-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('writes the migration, its way back and the configuration, and overwrites nothing', async () => {
    const args = ['init', '--dialect', 'mysql', '--users', 'accounts', '--map', 'credits=tokenBalance']
    expect(await run(folder, ...args)).toContain('credits/001_credits.up.sql written')
    const configuration = readFileSync(join(folder, 'credits/credits-storage.ts'), 'utf8')
    expect(configuration).toContain('"credits": "tokenBalance"')
    expect(configuration).toContain("dialect: 'mysql'")
    await expect(run(folder, ...args)).rejects.toThrow('EEXIST')
  })

  test.each([
    [['--dialect', 'oracle'], '--dialect must be one of'],
    [['--dialect', 'mysql', '--map', 'balance=x'], 'the fields are'],
    [['--dialect', 'mysql', '--map', 'credits'], 'must have the form'],
    [['--dialect', 'mysql', '--map', 'credits=null'], 'a balance needs a column'],
    [['--dialect', 'mysql', '--nonsense'], 'nonsense'],
  ])('refuses %j', (args, message) => {
    expect(() => planInit(args)).toThrow(message)
  })
})

const MAP = ['--users', 'accounts', '--id', 'accountId', '--map', 'credits=tokenBalance', '--map']
const cases: [string, boolean, () => Promise<TestDatabase>, string, string[]][] = [
  [
    'MariaDB',
    mariadb.url !== null,
    () => createMariaDb(mariadb.url ?? ''),
    'create table accounts (accountId bigint primary key, tokenBalance int, subscription varchar(50)); insert into accounts values (7, null, "PRO_PLAN")',
    ['--id-type', 'bigint'],
  ],
  [
    'PostgreSQL',
    true,
    () => createPostgres(inject('postgres')),
    `create table accounts ("accountId" bigint primary key, "tokenBalance" int, subscription text); insert into accounts values (7, null, 'PRO_PLAN')`,
    ['--id-type', 'bigint'],
  ],
]

for (const [name, isHere, create, existing, more] of cases) {
  describe.skipIf(!isHere)(`what init writes for a legacy table on ${name}`, () => {
    let database: TestDatabase

    beforeAll(async () => {
      database = await create()
      await database.run(existing)
    })
    afterAll(() => database?.drop())

    test('runs, also twice, and charges the accounts that were there, with numbers as ids', async () => {
      const { db, dialect } = database
      const tiers = ['membershipTier=subscription', '--tier', 'PRO_PLAN=pro']
      const { files } = planInit(['--dialect', dialect, ...MAP, ...tiers, ...more])
      const [up, down, storage] = files.map(({ text }) => text)
      await database.run(up ?? '')
      await database.run(up ?? '')
      const json = /SqlMapping = (\{[\s\S]*?\n\})/.exec(storage ?? '')?.[1] ?? ''
      const config = { costs: { act: { default: 10, pro: 4 } }, membership: { tiers: { pro: 1 } } }
      const adapter = new KyselyAdapter({ db, dialect, mapping: JSON.parse(json) })
      const engine = new CreditsEngine({ storage: adapter, config })
      await engine.grant({ userId: '7', amount: 10, action: 'welcome', idempotencyKey: 'k' })
      const charge = await engine.charge({ userId: '7', action: 'act', idempotencyKey: 'c' })
      expect(charge).toMatchObject({ cost: 4, balanceBefore: 10, balanceAfter: 6 })
      expect(await engine.getHistory('7')).toMatchObject([{ userId: '7', amount: -4 }, { amount: 10 }])
      await expect(engine.charge({ userId: '8', action: 'act' })).rejects.toMatchObject({
        code: 'USER_NOT_FOUND',
      })
      await database.run(down ?? '')
    })
  })
}

describe('credit-sdk import', () => {
  test('gives each user the first credits once', async () => {
    const engine = new CreditsEngine({
      storage: new MockAdapter([
        { id: 'a', credits: 5 },
        { id: 'b', credits: null },
      ]),
      config: { costs: {} },
    })
    expect(await importUsers(engine, ['a', 'b'], 100)).toEqual({ granted: 2, skipped: 0 })
    expect(await importUsers(engine, ['a', 'b'], 100)).toEqual({ granted: 0, skipped: 2 })
    await Promise.all([importUsers(engine, ['a', 'b'], 100), importUsers(engine, ['a', 'b'], 100)])
    expect([await engine.queryBalance('a'), await engine.queryBalance('b')]).toEqual([105, 100])
  })

  test('is a command', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'credit-sdk-import-'))
    const core = pathToFileURL(join(import.meta.dirname, '../src/index.ts')).href
    writeFileSync(
      join(folder, 'credits.mjs'),
      `import { CreditsEngine, MockAdapter } from '${core}'
      export const engine = new CreditsEngine({ storage: new MockAdapter([{ id: 'a' }, { id: 'b' }]), config: { costs: {} } })
      export const listUserIds = () => ['a', 'b', 'a']`,
    )
    const printed = await run(folder, 'import', '--from', 'credits.mjs', '--amount', '50')
    expect(printed).toBe('2 users got 50 credits, 1 had theirs already.\n')
    rmSync(folder, { recursive: true, force: true })
  })
})
