import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyProject } from './lint/copy-project.ts'
import { PROJECT_DIRECTORY } from './paths.ts'
import { listFeatures } from './remove/features.ts'

describe('npm run remove', () => {
  it.each(listFeatures(PROJECT_DIRECTORY))(
    'takes off %s, and leaves a project without a loose end',
    (name) => {
      using copy = copyProject({ withModules: true })
      const options = { cwd: copy.root, encoding: 'utf8' } as const
      execFileSync('git', ['add', '.'], options)
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'Start'], options)
      expect(spawnSync('node', ['scripts/remove.ts', name], options)).toMatchObject({ status: 0 })

      // A tool is one folder: what is left of the product is tested as it is.
      const layers = ['lint', 'types', 'unused', ...(isTool(name) ? [] : ['unit', 'build'])]
      const { status, stdout, stderr } = spawnSync('node', ['scripts/test.ts', ...layers], options)
      expect(status, `${stdout}${stderr}`).toBe(0)
    },
  )
})

function isTool(name: string): boolean {
  return existsSync(join(PROJECT_DIRECTORY, 'tools', name))
}
