import { execFileSync } from 'node:child_process'
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { listFiles } from './list-files.ts'

/**
 * A copy of this project in a temporary folder, for tests that change files; `using` deletes it in the end.
 * @param withModules whether programs run in it: the packages that are installed here are linked into it
 */
export function copyProject({ withModules = false } = {}): Disposable & { root: string } {
  const root = mkdtempSync(join(tmpdir(), 'project-copy-'))
  for (const file of listFiles(PROJECT_DIRECTORY)) {
    cpSync(join(PROJECT_DIRECTORY, file), join(root, file), { recursive: true })
  }
  if (withModules) linkFolder(join(PROJECT_DIRECTORY, 'node_modules'), join(root, 'node_modules'))
  execFileSync('git', ['init', '--quiet'], { cwd: root })
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}

/** Hard links, as a bundler follows no symbolic link out of its project. */
function linkFolder(from: string, to: string): void {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.name === '.cache') continue
    if (entry.isDirectory()) linkFolder(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else linkSync(source, target)
  }
}
