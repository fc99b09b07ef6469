import { mkdir, realpath } from 'node:fs/promises'
import { findBinaries } from './binaries.ts'
import { dataDirectoryOf, ensureDataDirectory, readPassword } from './data-directory.ts'
import { takeLock } from './instance-lock.ts'
import { chooseOperatingUser } from './operating-user.ts'
import { findPostmaster, startPostmaster, stopPostmaster } from './postmaster.ts'
import { OWNER_PASSWORD, prepareRoles } from './prepare-roles.ts'
import { watchServer } from './watch-server.ts'

export { AlreadyRunningError, findHolder } from './instance-lock.ts'

export type Postgres = {
  port: number
  /** `supabase_admin`, the superuser. */
  adminUrl: string
  /** `postgres`, the ordinary owner of the application's tables. */
  ownerUrl: string
  /** `supabase_auth_admin`, for Auth and the Data API. */
  apiUrl: string
  /** `supabase_realtime_admin`, which may replicate. */
  realtimeUrl: string
  /** Whether it has ended although nobody stopped it. */
  isGone(): boolean
  stop(): Promise<void>
}

type Options = {
  /** Holds all that this server keeps; made if missing. */
  directory: string
  /** Tried first, then the next free one; 0 for any. */
  port: number
  /** Server settings to add or override, such as `fsync`. */
  settings?: Record<string, string>
  /** Told once, with what to do, when the server ends although nobody stopped it. */
  onKilled?: (sentence: string) => void
}

/**
 * Starts Postgres on 127.0.0.1 with the roles of a Supabase project, making its data directory if need be.
 * A server left behind by a killed process is stopped first.
 * @throws AlreadyRunningError when a live process has this directory; with a sentence when it cannot start.
 */
export async function startPostgres({
  directory,
  port,
  settings = {},
  onKilled = () => {},
}: Options): Promise<Postgres> {
  await mkdir(directory, { recursive: true })
  const home = await realpath(directory)
  const data = dataDirectoryOf(home)
  const binaries = await findBinaries()
  await using undo = new AsyncDisposableStack()
  const lock = await takeLock(home)
  undo.defer(lock.release)
  const user = await chooseOperatingUser(binaries.pgCtl, home, data)
  await ensureDataDirectory(home, binaries, user)
  const cluster = { data, binaries, user }
  const actualPort = await startPostmaster(cluster, port, settings)
  undo.defer(() => stopPostmaster(cluster))
  const pid = await findPostmaster(data)
  if (pid === undefined) throw new Error('Postgres ended as soon as it had started.')
  const watch = watchServer(pid, onKilled)
  undo.defer(watch.stop)
  const password = await readPassword(home)
  const url = (role: string, secret = password) =>
    `postgresql://${role}:${secret}@127.0.0.1:${actualPort}/postgres`
  await prepareRoles(url('supabase_admin'), password)
  const running = undo.move()
  return {
    port: actualPort,
    adminUrl: url('supabase_admin'),
    ownerUrl: url('postgres', OWNER_PASSWORD),
    apiUrl: url('supabase_auth_admin'),
    realtimeUrl: url('supabase_realtime_admin'),
    isGone: watch.isGone,
    stop: () => running.disposeAsync(),
  }
}

/** Stops the server that a killed process left behind in `directory`, if any. */
export async function stopLeftover(directory: string): Promise<void> {
  const home = await realpath(directory).catch(() => undefined)
  if (!home) return
  const data = dataDirectoryOf(home)
  const binaries = await findBinaries()
  const user = await chooseOperatingUser(binaries.pgCtl, home, data)
  await stopPostmaster({ data, binaries, user })
}
