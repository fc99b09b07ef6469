import { startApp } from '../../e2e/support/start-app.ts'
import { readEnvFile } from '../../packages/dev-stack/env-file.ts'
import { findFreePort } from '../../packages/dev-stack/ports.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { makeDemo } from '../demo/make-demo.ts'
import { DEMO_DIRECTORY } from '../paths.ts'
import { startProjectStack } from '../stack.ts'

const ANY_PORT = { gateway: 0, postgres: 0, mailbox: 0, sandbox: 0, smtp: 0 }

export type DemoApp = { url: string; stop(): Promise<void> }

/**
 * The app with the demo's data: the one of `npm run demo` where that runs, or the production build on a stack of its own.
 * Its addresses also go into the environment, where the helpers of the end-to-end tests look.
 * @throws with a sentence when there is no production build
 */
export async function openDemoApp(): Promise<DemoApp> {
  const running = await readEnvFile(DEMO_DIRECTORY)
  if (running.APP_URL) {
    Object.assign(process.env, running)
    return { url: running.APP_URL, stop: async () => {} }
  }
  await using undo = new AsyncDisposableStack()
  const directory = await makeTemporaryDirectory()
  undo.defer(directory.remove)
  await makeDemo(directory.path)
  const port = await findFreePort(0)
  const url = `http://localhost:${port}`
  const stack = await startProjectStack({
    directory: directory.path,
    ports: ANY_PORT,
    appUrl: url,
    quiet: true,
  })
  undo.defer(stack.stop)
  Object.assign(process.env, stack.env)
  const app = await startApp({ port, url, env: stack.env })
  undo.defer(app.stop)
  const started = undo.move()
  return { url, stop: () => started.disposeAsync() }
}
