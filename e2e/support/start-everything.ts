import { findFreePort } from '../../packages/dev-stack/ports.ts'
import type { Project } from '../../packages/dev-stack/project.ts'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { type ProjectEnv, startProjectStack } from '../../scripts/stack.ts'
import { testProject } from '../../supabase/tests/test-project.ts'
import { startApp } from './start-app.ts'

export const ANY_PORT = { gateway: 0, postgres: 0, mailbox: 0, sandbox: 0, smtp: 0 }

type Options = {
  /** Changes what the app is told of the stack, as for a proxy between them. */
  adapt?: (env: ProjectEnv) => Record<string, string>
  /** What the stack serves: the product with what the tests sell by default. */
  project?: Project
  /** Realtime refuses channels that are not private. */
  privateOnly?: boolean
  /** The folder whose build is run; this project by default. */
  root?: string
}

/** The production build on a stack of its own. Its addresses also go into the environment, where `stackEnv` looks. */
export async function startEverything({
  adapt = (env) => env,
  project = testProject,
  privateOnly = false,
  root,
}: Options = {}) {
  await using undo = new AsyncDisposableStack()
  const directory = await makeTemporaryDirectory()
  undo.defer(directory.remove)
  const port = await findFreePort(0)
  const appUrl = `http://localhost:${port}`
  const stack = await startProjectStack({
    ...{ project, directory: directory.path, ports: ANY_PORT, appUrl, privateOnly, quiet: true },
  })
  undo.defer(stack.stop)
  Object.assign(process.env, stack.env)
  // A test may come from an address of its own, as if a proxy had told it: limits per address are not shared then.
  const env = { ...adapt(stack.env), TRUSTED_PROXY_HOPS: '1' }
  const app = await startApp({ port, url: appUrl, env, root })
  undo.defer(app.stop)
  const running = undo.move()
  return { appUrl, appPid: app.pid, env: stack.env, stop: () => running.disposeAsync() }
}
