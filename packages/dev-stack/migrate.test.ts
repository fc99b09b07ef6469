import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { applyMigrations } from './migrate.ts'
import { startPostgres } from './postgres/index.ts'
import { makeTemporaryDirectory } from './temporary-directory.ts'

let ownerUrl: string
let sql: Sql
let directory: string

beforeAll(async () => {
  const temporary = await makeTemporaryDirectory()
  const server = await startPostgres({ directory: temporary.path, port: 0, settings: { fsync: 'off' } })
  ownerUrl = server.ownerUrl
  sql = postgres(ownerUrl, { max: 1, onnotice: () => {} })
  return async () => {
    await sql.end()
    await server.stop()
    await temporary.remove()
  }
})

beforeEach(async () => {
  await sql.unsafe(
    'drop schema if exists supabase_migrations cascade; drop table if exists one, two, three, seeded',
  )
  directory = await mkdtemp(join(tmpdir(), 'migrations-'))
  return () => rm(directory, { recursive: true })
})

const write = (file: string, text: string) => writeFile(join(directory, file), text)
const migrate = () => applyMigrations(ownerUrl, { directory })

async function listTables(): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`
  return rows.map(({ name }) => name)
}

test('files are applied in order of version, once, and others are left alone', async () => {
  await write('2_two.sql', 'create table two as select * from one')
  await write('1_one.sql', 'create table one (id int); insert into one values (1)')
  await write('notes.txt', 'not SQL')
  expect(await migrate()).toEqual(['1_one.sql', '2_two.sql'])
  expect(await migrate()).toEqual([])
  expect(await listTables()).toEqual(['one', 'two'])
  const history =
    await sql`select version, name, statements from supabase_migrations.schema_migrations order by 1`
  expect(history).toEqual([
    { version: '1', name: 'one', statements: ['create table one (id int); insert into one values (1)'] },
    { version: '2', name: 'two', statements: ['create table two as select * from one'] },
  ])
})

test('two files of one version are named before anything is applied', async () => {
  await write('1_one.sql', 'create table one (id int)')
  await write('2_three.sql', 'create table three (id int)')
  await write('2_two.sql', 'create table two (id int)')
  await expect(migrate()).rejects.toThrow('2_three.sql and 2_two.sql have the same version.')
  expect(await listTables()).toEqual([])
})

test('a file that fails leaves nothing, says where, and can be mended', async () => {
  await write('1_one.sql', 'create table one (id int)')
  await write('2_two.sql', 'create table two (id int);\n\ncreate table three (id nonsense)')
  await expect(migrate()).rejects.toThrow('2_two.sql, line 3: type "nonsense" does not exist')
  expect(await listTables()).toEqual(['one'])

  await write('2_two.sql', 'create table two (id int)')
  expect(await migrate()).toEqual(['2_two.sql'])
})

test('settings of one file do not reach the next', async () => {
  await write('1_one.sql', "set search_path = ''; create table public.one (id int)")
  await write('2_two.sql', 'create table two (id int)')
  await migrate()
  expect(await listTables()).toEqual(['one', 'two'])
})

test('the seed runs once, in one piece', async () => {
  const seed = join(directory, 'seed.sql')
  await writeFile(seed, 'create table seeded (id int); insert into seeded values (1 / 0)')
  await expect(applyMigrations(ownerUrl, { directory, seeds: [seed] })).rejects.toThrow(
    'seed.sql: division by zero',
  )
  expect(await listTables()).toEqual([])
  await writeFile(seed, 'create table seeded (id int)')
  expect(await applyMigrations(ownerUrl, { directory, seeds: [seed] })).toEqual(['seed.sql'])
  expect(await applyMigrations(ownerUrl, { directory, seeds: [seed] })).toEqual([])
})

test('a seed changed after it ran is pointed out, and does not run again', async () => {
  const seed = join(directory, 'seed.sql')
  const warnings: string[] = []
  const run = () =>
    applyMigrations(ownerUrl, { directory, seeds: [seed], warn: (line) => warnings.push(line) })
  await writeFile(seed, 'create table seeded (id int)')
  await run()
  await run()
  expect(warnings).toEqual([])
  await writeFile(seed, 'create table seeded (id bigint)')
  expect(await run()).toEqual([])
  expect(warnings).toEqual([expect.stringContaining('seed.sql has changed since it was applied')])
})

test('a file changed after it was applied is pointed out', async () => {
  const warnings: string[] = []
  await write('1_one.sql', 'create table one (id int)')
  await migrate()
  await write('1_one.sql', 'create table one (id bigint)')
  await applyMigrations(ownerUrl, { directory, warn: (sentence) => warnings.push(sentence) })
  expect(warnings).toEqual([expect.stringContaining('1_one.sql has changed since it was applied')])
})

test('a database that is older than the first migration is refused, with what to do', async () => {
  await write('1_old.sql', 'create table one (id int)')
  await migrate()
  await rm(join(directory, '1_old.sql'))
  await write('2_baseline.sql', 'create table two (id int)')
  await expect(migrate()).rejects.toThrow('npm run local:reset')
  expect(await listTables()).toEqual(['one'])
})
