import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findFreePort, SERVICE_STEP } from '../ports.ts'
import type { Binaries } from './binaries.ts'
import { type OperatingUser, runAs } from './operating-user.ts'
import { identifyProcess } from './process-identity.ts'
import type { CommandResult } from './run-command.ts'
import { serverOptions } from './server-options.ts'

export type Cluster = { data: string; binaries: Binaries; user: OperatingUser }

/** No system hands out so large a process id. */
const NOBODY = 2_147_483_647
const POLL_MS = 10
const STOP_SECONDS = '5'
/** How long the orphaned backends of a killed postmaster may take to notice and leave. */
const ORPHANS_LEAVE_MS = 10_000

/**
 * Starts the server on `port` or the next free one and waits until it takes connections.
 * @returns the port. @throws with the end of the server's log when it does not start.
 */
export async function startPostmaster(
  cluster: Cluster,
  port: number,
  settings: Record<string, string>,
): Promise<number> {
  await stopOrphan(cluster)
  const deadline = Date.now() + ORPHANS_LEAVE_MS
  let wanted = port
  for (;;) {
    const free = await findFreePort(wanted, SERVICE_STEP)
    const log = await launch(cluster, serverOptions({ ...settings, port: String(free) }))
    if (log === undefined) return free
    if (log.includes('Address already in use')) wanted = port === 0 ? 0 : free + SERVICE_STEP
    else if (log.includes('pre-existing shared memory') && Date.now() < deadline) await delay(POLL_MS)
    else
      throw new Error(
        `Postgres did not start. Its log says:\n${log.trim().split('\n').slice(-10).join('\n')}`,
      )
  }
}

/** Stops the server, ending the sessions that are open; a server that is gone is no error. */
export async function stopPostmaster(cluster: Cluster): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    if (!(await findPostmaster(cluster.data))) return
    await runUntil(
      runPgCtl(cluster, ['stop', '-m', mode, '-t', STOP_SECONDS]),
      async () => !(await readPidFile(cluster.data)),
    )
  }
}

/** Stops a server that outlived its process, and sees that a pid file left behind keeps no new one away. */
async function stopOrphan(cluster: Cluster): Promise<void> {
  if (await findPostmaster(cluster.data)) await stopPostmaster(cluster)
  const file = await readPidFile(cluster.data)
  if (!file) return
  // Postgres refuses to start while the id in the file is anyone's. The file itself must stay: Postgres
  // reads from it whether old backends still hold the shared memory.
  await writeFile(pidPath(cluster.data), [NOBODY, ...file.lines.slice(1)].join('\n'))
}

/** @returns undefined once the server is ready, its log when it ended before. */
async function launch(cluster: Cluster, options: string): Promise<string | undefined> {
  const log = join(cluster.data, 'server.log')
  await rm(log, { force: true })
  const result = await runUntil(runPgCtl(cluster, ['start', '-w', '-l', log, '-o', options]), async () => {
    const file = await readPidFile(cluster.data)
    return file?.pid !== NOBODY && file?.status === 'ready'
  })
  return result && result.code !== 0 ? await readFile(log, 'utf8').catch(() => result.output) : undefined
}

function runPgCtl(cluster: Cluster, args: readonly string[]): Promise<CommandResult> {
  return runAs(cluster.user, cluster.binaries.pgCtl, [...args, '-D', cluster.data], cluster.data)
}

/** Waits for whichever comes first: pg_ctl looks ten times a second, which is slower than a start takes. */
async function runUntil(
  command: Promise<CommandResult>,
  condition: () => Promise<boolean>,
): Promise<CommandResult | undefined> {
  let result: CommandResult | undefined
  void command.then((ended) => {
    result = ended
  })
  while (!result && !(await condition())) await delay(POLL_MS)
  return result
}

/** The id of the live server of this data directory, if there is one. */
export async function findPostmaster(data: string): Promise<number | undefined> {
  const file = await readPidFile(data)
  const identity = file && (await identifyProcess(file.pid))
  return identity?.command.includes(data) ? file?.pid : undefined
}

/** Layout: process id, data directory, start time, port, socket directory, address, shared memory, status. */
async function readPidFile(data: string) {
  const text = await readFile(pidPath(data), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  return { pid: Number(lines[0]), status: lines[7]?.trim(), lines }
}

function pidPath(data: string): string {
  return join(data, 'postmaster.pid')
}
