import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { makeTemporaryDirectory } from '../../dev-stack/temporary-directory.ts'

/** How to connect, or why there is none. */
export type MariaDb = { url: string } | { url: null; reason: string }

const START_TIMEOUT_MS = 30_000

/** A throw-away MariaDB on a port and in a folder of its own. */
export async function startMariaDb(): Promise<MariaDb & { stop(): Promise<void> }> {
  if (!isInstalled('mariadbd') || !isInstalled('mariadb-install-db'))
    return { url: null, reason: "Debian's mariadb-server is not installed", stop: async () => {} }
  await using undo = new AsyncDisposableStack()
  const directory = await makeTemporaryDirectory()
  undo.defer(directory.remove)
  // A superuser must not run it, so that it runs as the user the package made, who has to get in.
  const isRoot = process.getuid?.() === 0
  const user = isRoot ? ['--user=mysql'] : []
  chmodSync(directory.path, 0o777)
  const data = join(directory.path, 'data')
  const install = [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]
  execFileSync('mariadb-install-db', [...install, ...user], { stdio: 'ignore' })
  const port = await findPort()
  const server = spawn(
    'mariadbd',
    [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      `--socket=${join(directory.path, 'socket')}`,
      `--pid-file=${join(directory.path, 'pid')}`,
      '--bind-address=127.0.0.1',
      '--innodb-flush-log-at-trx-commit=0',
      '--max-connections=300',
      ...user,
    ],
    { stdio: 'ignore' },
  )
  const exited = once(server, 'exit')
  undo.defer(async () => {
    server.kill('SIGTERM')
    await exited
  })
  const url = `mysql://root@127.0.0.1:${port}`
  await waitFor(url)
  const running = undo.move()
  return { url, stop: () => running.disposeAsync() }
}

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('There is no free port.')
  return address.port
}

async function waitFor(url: string): Promise<void> {
  for (const startedAt = Date.now(); ; ) {
    try {
      await (await mysql.createConnection(url)).end()
      return
    } catch (error) {
      if (Date.now() - startedAt > START_TIMEOUT_MS) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
