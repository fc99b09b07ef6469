import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Project } from '../../packages/dev-stack/project.ts'
import { copyProject } from '../../scripts/lint/copy-project.ts'
import { connectDatabase } from './database.ts'
import { startEverything } from './start-everything.ts'

type Options = {
  /** Makes the copy differ from the project, as a fork would. */
  change: (root: string) => Promise<void> | void
  /** What its stack serves; as of the project by default. */
  project?: Project
}

/** How long a build and a start may take together. */
export const COPY_TIMEOUT_MS = 900_000

/**
 * Builds a changed copy of the project, and runs it on a stack of its own. Until it is stopped the environment leads to
 * that one.
 */
export async function startCopy({ change, project }: Options) {
  await using undo = new AsyncDisposableStack()
  const { root } = undo.use(copyProject({ withModules: true }))
  await change(root)
  execFileSync(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    stdio: 'pipe',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })

  const before = { ...process.env }
  undo.defer(() => {
    Object.assign(process.env, before)
  })
  const running = await startEverything({ project, root })
  undo.defer(running.stop)
  const sql = connectDatabase()
  undo.defer(() => sql.end())
  const started = undo.move()
  return { sql, stop: () => started.disposeAsync() }
}
