import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { listFiles } from './list-files.ts'

/**
 * A copy of this project in a temporary folder, for tests that change files; `using` deletes it in the end.
 * @param withModules whether programs run in it: they find the packages that are installed here
 */
export function copyProject({ withModules = false } = {}): Disposable & { root: string } {
  const root = mkdtempSync(join(tmpdir(), 'project-copy-'))
  for (const file of listFiles(PROJECT_DIRECTORY)) {
    cpSync(join(PROJECT_DIRECTORY, file), join(root, file), { recursive: true })
  }
  if (withModules)
    symlinkSync(join(PROJECT_DIRECTORY, 'node_modules'), join(root, 'node_modules'), 'junction')
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}
