import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyProject } from './lint/copy-project.ts'
import { PROJECT_DIRECTORY } from './paths.ts'
import { listFeatures } from './remove/features.ts'

describe('npm run remove', () => {
  const names = listFeatures(PROJECT_DIRECTORY)

  it.each(names)('takes off %s, and leaves a project without a loose end', (name) => {
    using copy = copyProject({ withModules: true })
    remove(copy.root, name)
    expectToPass(copy.root, ['lint', 'types', 'unused'])
  })

  it('takes off all that is no tool, one after the other, and what is left passes its tests and builds', () => {
    using copy = copyProject({ withModules: true })
    for (const name of names.filter((feature) => !isTool(feature))) remove(copy.root, name)
    expectToPass(copy.root, ['lint', 'types', 'unused', 'unit', 'build'])
  })
})

/** Removes a feature from the copy, everything in it committed, as the command asks. */
function remove(root: string, name: string): void {
  const options = { cwd: root, encoding: 'utf8' } as const
  execFileSync('git', ['add', '.'], options)
  const author = ['-c', 'user.name=a', '-c', 'user.email=a@b.c']
  execFileSync('git', [...author, 'commit', '--allow-empty', '-qm', `Before ${name}`], options)
  expect(spawnSync('node', ['scripts/remove.ts', name], options)).toMatchObject({ status: 0 })
}

function expectToPass(root: string, layers: readonly string[]): void {
  const options = { cwd: root, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync('node', ['scripts/test.ts', ...layers], options)
  expect(status, `${stdout}${stderr}`).toBe(0)
}

function isTool(name: string): boolean {
  return existsSync(join(PROJECT_DIRECTORY, 'tools', name))
}
