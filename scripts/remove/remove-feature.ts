import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from '../lint/list-files.ts'
import { cutDeadImports } from './cut-dead-imports.ts'
import { cutRegions } from './cut-regions.ts'
import { editPackage } from './edit-package.ts'
import { findFeature } from './features.ts'
import { cutUnusedImports, prune } from './prune.ts'

const TEXT = /\.([cm]?[jt]sx?|css|md|sql|toml|ya?ml)$|^\.env\.example$/

/**
 * Takes a feature off the project at `root`: its files, the regions that bear its name, the tests that import it, and
 * then all that nothing uses any more. The database stays as it is.
 * @throws with a sentence when there is no such feature; then nothing is changed
 */
export function removeFeature(root: string, name: string): void {
  const { paths, scripts = [], parts = [] } = findFeature(root, name)
  for (const part of parts) removeFeature(root, part)
  for (const path of globSync(paths, { cwd: root })) rmSync(join(root, path), { recursive: true })
  for (const file of listFiles(root).filter((path) => TEXT.test(path))) {
    const text = readFileSync(join(root, file), 'utf8')
    const rest = cutRegions(text, name)
    if (rest !== text) writeFileSync(join(root, file), rest)
  }
  editPackage(root, { scripts })
  cutUnusedImports(root)
  cutDeadImports(root)
  prune(root)
}
