import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { findFreePort } from '../local/ports.ts'
import { startStack } from '../local/stack.ts'
import { makeTemporaryDirectory } from '../local/temporary-directory.ts'
import { startApp } from './support/start-app.ts'

const ANY_PORT = { gateway: 0, postgres: 0, mailbox: 0, sandbox: 0 }

/** Starts what the tests run against, and hands its addresses to the workers through the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const running = process.env.E2E_ENV_FILE
  if (running) {
    Object.assign(process.env, parseEnv(readFileSync(running, 'utf8')))
    return async () => {}
  }
  await using undo = new AsyncDisposableStack()
  const directory = await makeTemporaryDirectory()
  undo.defer(directory.remove)
  const port = await findFreePort(0)
  const appUrl = `http://localhost:${port}`
  const stack = await startStack({ directory: directory.path, ports: ANY_PORT, appUrl, quiet: true })
  undo.defer(stack.stop)
  Object.assign(process.env, stack.env)
  const app = await startApp({ port, url: appUrl, env: stack.env })
  undo.defer(app.stop)
  const everything = undo.move()
  return () => everything.disposeAsync()
}
