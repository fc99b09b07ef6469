import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkReleased, keepReleased } from './released.ts'

const FILE = '20261127000000_baseline.sql'

let root: string
let paths: Parameters<typeof checkReleased>[0]

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'released-'))
  paths = { migrations: root, changelog: join(root, 'CHANGELOG.md'), checksums: join(root, 'released.json') }
  await writeFile(join(root, FILE), 'create table one ();')
  await writeFile(paths.checksums, '{}')
  await writeFile(paths.changelog, '## 0.2.0 (unreleased)')
})
afterEach(() => rm(root, { recursive: true }))

async function release(): Promise<void> {
  await appendFile(paths.changelog, '\n## 0.2.0\nMigrations: 20261127000000')
  await keepReleased(paths)
}

test('a migration that no release names may still change', async () => {
  await writeFile(join(root, FILE), 'create table two ();')
  expect(await checkReleased(paths)).toEqual([])
})

test('a released migration is kept by its checksum', async () => {
  await appendFile(paths.changelog, '\n## 0.2.0\nMigrations: 20261127000000')
  expect(await checkReleased(paths)).toEqual([expect.stringContaining('npm run db:release')])
  await keepReleased(paths)
  expect(await checkReleased(paths)).toEqual([])
})

test('a released migration that changes is an error, and keeping checksums again does not hide it', async () => {
  await release()
  await appendFile(join(root, FILE), ' -- edited')
  await keepReleased(paths)
  expect(await checkReleased(paths)).toEqual([expect.stringContaining('has changed')])
})

test('a released migration that is deleted is an error', async () => {
  await release()
  await rm(join(root, FILE))
  expect(await checkReleased(paths)).toEqual([expect.stringContaining('is gone')])
})

test.each(['20261332000000_month.sql', '20261127006000_minute.sql', '1_short.sql'])(
  '%s does not begin with a timestamp',
  async (file) => {
    await writeFile(join(root, file), '')
    expect(await checkReleased(paths)).toEqual([expect.stringContaining('timestamp')])
  },
)
