import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ANY_PORT } from '../../../e2e/support/start-everything.ts'
import { PROJECT_DIRECTORY } from '../../../scripts/paths.ts'
import { startProjectStack } from '../../../scripts/stack.ts'
import { findFreePort } from '../../dev-stack/ports.ts'
import { makeTemporaryDirectory } from '../../dev-stack/temporary-directory.ts'
import { median, printTable } from './statistics.ts'

const ROUNDS = 3

/** From nothing to a stack that is ready, and to a page of `next dev`; and again on the data of the first time. */
export async function benchStartup(): Promise<void> {
  const fresh: number[] = []
  const warm: number[] = []
  const firstPage: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const directory = await makeTemporaryDirectory()
    try {
      fresh.push(await timeStack(directory.path))
      warm.push(await timeStack(directory.path))
    } finally {
      await directory.remove()
    }
    firstPage.push(await timeFirstPage())
  }
  const row = (name: string, times: number[]) => [
    name,
    median(times).toFixed(1),
    times.map((t) => t.toFixed(1)).join(', '),
  ]
  printTable(
    ['', 'median s', 'all'],
    [
      row('fresh data directory to stack ready', fresh),
      row('kept data directory to stack ready', warm),
      row('fresh data directory and no build to first page served by next dev', firstPage),
    ],
  )
}

async function timeStack(directory: string): Promise<number> {
  const startedAt = performance.now()
  const stack = await startProjectStack({
    directory,
    ports: ANY_PORT,
    appUrl: 'http://localhost:3000',
    quiet: true,
  })
  const seconds = (performance.now() - startedAt) / 1000
  await stack.stop()
  return seconds
}

async function timeFirstPage(): Promise<number> {
  await rm(join(PROJECT_DIRECTORY, '.next/dev'), { recursive: true, force: true })
  const directory = await makeTemporaryDirectory()
  const port = await findFreePort(0)
  const appUrl = `http://localhost:${port}`
  const startedAt = performance.now()
  const stack = await startProjectStack({ directory: directory.path, ports: ANY_PORT, appUrl, quiet: true })
  const next = fork(
    new URL('../../../scripts/commands/next-process.ts', import.meta.url),
    ['dev', '-p', String(port)],
    {
      cwd: PROJECT_DIRECTORY,
      env: { ...process.env, ...stack.env, NODE_ENV: 'development' },
      stdio: 'ignore',
    },
  )
  const ended = once(next, 'exit')
  try {
    while (
      !(await fetch(appUrl).then(
        (response) => response.ok,
        () => false,
      ))
    )
      await delay(20)
    return (performance.now() - startedAt) / 1000
  } finally {
    // Killed at once, it would leave its server behind.
    next.kill('SIGTERM')
    await ended
    await stack.stop()
    await directory.remove()
  }
}
