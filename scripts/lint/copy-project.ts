import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { listFiles } from './list-files.ts'

/** A copy of this project in a temporary folder, for tests that change files; `using` deletes it in the end. */
export function copyProject(): Disposable & { root: string } {
  const root = mkdtempSync(join(tmpdir(), 'livebalance-copy-'))
  for (const file of listFiles(PROJECT_DIRECTORY)) {
    cpSync(join(PROJECT_DIRECTORY, file), join(root, file), { recursive: true })
  }
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}
