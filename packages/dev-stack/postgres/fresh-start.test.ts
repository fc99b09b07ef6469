import { chmod, chown, mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { expect, onTestFinished, test, vi } from 'vitest'
import { makeTemporaryDirectory } from '../temporary-directory.ts'
import { startPostgres } from './index.ts'
import { runCommand } from './run-command.ts'
import { spawnHolder } from './testing.ts'

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const canDisguise = (await runCommand('unshare', ['--user', '--map-user=65534', 'true'])).code === 0
const mayNobodyRunThis =
  isRoot && (await runCommand('test', ['-r', import.meta.filename], { uid: NOBODY })).code === 0

async function makeDirectory(): Promise<string> {
  const temporary = await makeTemporaryDirectory()
  onTestFinished(temporary.remove)
  return temporary.path
}

/** Starts, asks one question, stops. */
async function startOnce(directory: string): Promise<void> {
  const server = await startPostgres({ directory, port: 0 })
  const sql = postgres(server.ownerUrl, { max: 1 })
  try {
    expect(await sql`select current_user as name`).toEqual([{ name: 'postgres' }])
  } finally {
    await sql.end()
    await server.stop()
  }
}

test('a half-finished initdb is thrown away', async () => {
  const directory = await makeDirectory()
  const holder = await spawnHolder(directory, { early: true })
  const scratch = await vi.waitUntil(
    async () => (await readdir(directory)).find((name) => name.startsWith('initdb-')),
    {
      timeout: 15_000,
      interval: 5,
    },
  )
  await holder.kill()
  expect(await readdir(directory)).toContain(scratch)

  await startOnce(directory)
  expect(await readdir(directory)).toEqual(['data'])
})

test('spaces and accents in the path do no harm', async () => {
  await startOnce(join(await makeDirectory(), 'mes données', 'postgres'))
})

test.runIf(mayNobodyRunThis)('root hands Postgres to somebody else', async () => {
  const directory = await makeDirectory()
  await startOnce(directory)
  expect((await stat(join(directory, 'data'))).uid).not.toBe(0)
})

test.runIf(isRoot)('root runs Postgres where nobody else may go, or says why not', async () => {
  const closed = await makeDirectory()
  await chmod(closed, 0o700)
  const directory = join(closed, 'postgres')
  if (!canDisguise) return await expect(startOnce(directory)).rejects.toThrow('no other user can reach')
  await startOnce(directory)
  expect((await stat(join(directory, 'data'))).uid).toBe(0)
  await startOnce(directory)
})

test.runIf(mayNobodyRunThis)(
  'an ordinary user runs Postgres, and root carries on with the data',
  async () => {
    const directory = await makeDirectory()
    await chown(directory, NOBODY, NOBODY)
    const holder = await spawnHolder(directory, { uid: NOBODY })
    await holder.kill()
    expect((await stat(join(directory, 'data'))).uid).toBe(NOBODY)
    await startOnce(directory)
  },
)

test.runIf(mayNobodyRunThis)("an ordinary user is told when the folder is somebody else's", async () => {
  const directory = await makeDirectory()
  await expect(spawnHolder(directory, { uid: NOBODY })).rejects.toThrow('belongs to another user')
})

test('data of another major version is refused', async () => {
  const directory = await makeDirectory()
  await mkdir(join(directory, 'data'))
  await writeFile(join(directory, 'data/PG_VERSION'), '16\n')
  await expect(startOnce(directory)).rejects.toThrow('was made by Postgres 16')
})
