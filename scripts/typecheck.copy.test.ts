import { spawnSync } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { copyProject } from './lint/copy-project.ts'

it('npm run typecheck names the links to a page that was deleted, whatever earlier runs left behind', () => {
  using copy = copyProject({ withModules: true })
  const typecheck = () => spawnSync('npm', ['run', 'typecheck'], { cwd: copy.root, encoding: 'utf8' })
  expect(typecheck()).toMatchObject({ status: 0 })
  cpSync(join(copy.root, '.next/types'), join(copy.root, '.next/dev/types'), { recursive: true })

  rmSync(join(copy.root, 'app/(protected)/settings'), { recursive: true })
  const { status, stdout } = typecheck()
  expect(stdout).toContain('components/layout/nav-items.ts')
  expect(status).not.toBe(0)
})
