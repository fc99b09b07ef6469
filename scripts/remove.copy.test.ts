import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { copyProject } from './lint/copy-project.ts'

describe('npm run remove', () => {
  it.each(['payments', 'admin'])('takes off %s, and leaves a project without a loose end', (name) => {
    using copy = copyProject({ withModules: true })
    const options = { cwd: copy.root, encoding: 'utf8' } as const
    execFileSync('git', ['add', '.'], options)
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'Start'], options)
    expect(spawnSync('node', ['scripts/remove.ts', name], options)).toMatchObject({ status: 0 })

    const { status, stdout, stderr } = spawnSync(
      'node',
      ['scripts/test.ts', 'lint', 'types', 'unused'],
      options,
    )
    expect(status, `${stdout}${stderr}`).toBe(0)
  })
})
