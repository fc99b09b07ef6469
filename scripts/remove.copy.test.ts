import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { copyProject } from './lint/copy-project.ts'
import { PROJECT_DIRECTORY } from './paths.ts'
import { listFeatures } from './remove/features.ts'

const run = promisify(execFile)

/** What a layer prints, with room for every fault it may name. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

// As many at once as there are cores, since compilers use one each.
describe('npm run remove', { concurrent: true }, () => {
  const names = listFeatures(PROJECT_DIRECTORY)

  // The longest first.
  it('takes off all that is no tool, one after the other, and what is left passes its tests and builds', async () => {
    using copy = copyProject({ withModules: true })
    for (const name of names.filter((feature) => !isTool(feature))) await remove(copy.root, name)
    await expectToPass(copy.root, ['lint', 'types', 'unused', 'unit', 'build'])
  })

  it.each(names)('takes off %s, and leaves a project without a loose end', async (name) => {
    using copy = copyProject({ withModules: true })
    await remove(copy.root, name)
    await expectToPass(copy.root, ['lint', 'types', 'unused'])
  })
})

/** Removes a feature from the copy, everything in it committed, as the command asks. */
async function remove(cwd: string, name: string): Promise<void> {
  await run('git', ['add', '.'], { cwd })
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']
  await run('git', [...author, 'commit', '--allow-empty', '-qm', `Before ${name}`], { cwd })
  await run('node', ['scripts/remove.ts', name], { cwd })
}

/** Expects that layers of the tests pass in the copy; otherwise fails with all that they printed. */
async function expectToPass(cwd: string, layers: readonly string[]): Promise<void> {
  const outcome = await run('node', ['scripts/test.ts', ...layers], {
    cwd,
    maxBuffer: MAX_OUTPUT_BYTES,
  }).then(
    () => 'passed',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  )
  expect(outcome).toBe('passed')
}

function isTool(name: string): boolean {
  return existsSync(join(PROJECT_DIRECTORY, 'tools', name))
}
