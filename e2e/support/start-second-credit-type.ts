import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copyProject } from '../../scripts/lint/copy-project.ts'
import { createTool } from '../../scripts/new-tool/create-tool.ts'
import { TEST_SEEDS, testProject } from '../../supabase/tests/test-project.ts'
import { connectDatabase } from './database.ts'
import { startEverything } from './start-everything.ts'

const IMAGES = {
  productId: 'pdt_images',
  name: 'Image pack',
  description: 'For pictures.',
  price: 1900,
  currency: 'USD',
}

/** The product with a second credit type that is sold, and a tool that takes it. */
const project = {
  ...testProject,
  seeds: [...TEST_SEEDS, join(import.meta.dirname, 'second-credit-type.sql')],
  products: [...testProject.products, IMAGES],
}

/**
 * Builds a copy of the project that has one tool more, `caption`, which takes image credits, and runs it on a stack of its
 * own. Until it is stopped the environment leads to that one.
 */
export async function startSecondCreditType() {
  await using undo = new AsyncDisposableStack()
  const { root } = undo.use(copyProject({ withModules: true }))
  await createTool(root, 'caption')
  const tool = join(root, 'tools/caption/tool.ts')
  const written = readFileSync(tool, 'utf8')
  writeFileSync(tool, written.replace("  name: 'Caption',", "  name: 'Caption',\n  creditType: 'image',"))
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
