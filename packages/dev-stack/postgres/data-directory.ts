import { randomBytes } from 'node:crypto'
import { chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { type OperatingUser, runAs } from './operating-user.ts'

const SCRATCH_PREFIX = 'initdb-'
const PASSWORD_FILE = 'superuser-password'
const MAJOR_VERSION = '17'

export function dataDirectoryOf(directory: string): string {
  return join(directory, 'data')
}

/**
 * Makes `directory/data` unless it is there. The work is done in a scratch directory that takes its name
 * only when complete, so a data directory that exists is always a whole one.
 * @throws with the output of initdb when it fails, and when the data is of another major version.
 */
export async function ensureDataDirectory(
  directory: string,
  binaries: Binaries,
  user: OperatingUser,
): Promise<void> {
  await removeScratch(directory)
  const data = dataDirectoryOf(directory)
  if (await exists(data)) return await checkVersion(data)
  try {
    await rename(await makeDataDirectory(directory, binaries, user), data)
  } finally {
    await removeScratch(directory)
  }
}

/** @returns where the complete data directory lies, in a scratch directory. */
async function makeDataDirectory(
  directory: string,
  binaries: Binaries,
  user: OperatingUser,
): Promise<string> {
  const scratch = await mkdtemp(join(directory, SCRATCH_PREFIX))
  const data = join(scratch, 'data')
  const passwordFile = join(scratch, PASSWORD_FILE)
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 })
  const { uid, gid } = user
  if (uid !== undefined && gid !== undefined) {
    await Promise.all([scratch, passwordFile].map((path) => chown(path, uid, gid)))
  }
  const { code, output } = await runAs(
    user,
    binaries.initdb,
    [
      ...['-D', data, '-U', 'supabase_admin', `--pwfile=${passwordFile}`, '-A', 'scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      '--no-sync',
    ],
    directory,
  )
  if (code !== 0) throw new Error(`Postgres could not make its data directory in ${directory}:\n${output}`)
  await rename(passwordFile, join(data, PASSWORD_FILE))
  return data
}

/** The password of the superuser and of the stack's own logins: random, readable by whoever owns the data. */
export function readPassword(directory: string): Promise<string> {
  return readFile(join(dataDirectoryOf(directory), PASSWORD_FILE), 'utf8')
}

async function removeScratch(directory: string): Promise<void> {
  const names = await readdir(directory)
  const scratch = names.filter((name) => name.startsWith(SCRATCH_PREFIX))
  // The initdb of a killed process may still be writing.
  const options = { recursive: true, force: true, maxRetries: 20, retryDelay: 25 }
  await Promise.all(scratch.map((name) => rm(join(directory, name), options)))
}

async function checkVersion(data: string): Promise<void> {
  const version = (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim()
  if (version === MAJOR_VERSION) return
  throw new Error(
    `${data} was made by Postgres ${version}, this is Postgres ${MAJOR_VERSION}. Start over with npm run local:reset.`,
  )
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
