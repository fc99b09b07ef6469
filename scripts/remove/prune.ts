import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listCodeFiles } from '../lint/list-files.ts'
import { cutDeclarations, cutUnusedDeclarations } from './cut-declarations.ts'
import { editPackage } from './edit-package.ts'

type Name = { name: string }
type Issue = Record<'files' | 'exports' | 'types' | 'dependencies' | 'devDependencies', Name[]> & {
  file: string
}

/**
 * Takes out what nothing uses any more, until there is no more of it: files, exports, imports, declarations and
 * dependencies. What is unused before a feature is removed would go as well.
 * @throws with what is unused and cannot be taken out, so that it is taken out by hand
 */
export function prune(root: string): void {
  let before = ''
  for (let issues = findUnused(root); issues.length > 0; issues = findUnused(root)) {
    const found = JSON.stringify(issues)
    if (found === before) throw new Error(`This is unused now, and has to be taken out by hand: ${found}`)
    before = found
    for (const { file, files, exports, types, dependencies, devDependencies } of issues) {
      const names = new Set([...exports, ...types].map(({ name }) => name))
      if (files.length > 0) rmSync(join(root, file))
      else if (names.size > 0) edit(root, file, (source) => cutDeclarations(file, source, names))
      const unused = [...dependencies, ...devDependencies].map(({ name }) => name)
      if (unused.length > 0) editPackage(root, { dependencies: unused }, folderOf(file))
    }
    cutUnusedImports(root)
  }
}

/** The folder of a package.json; empty for the project's own. */
function folderOf(file: string): string {
  const folder = dirname(file)
  return folder === '.' ? '' : folder
}

function findUnused(root: string): Issue[] {
  const { stdout } = spawnSync('knip', ['--reporter', 'json', '--no-config-hints'], {
    cwd: root,
    encoding: 'utf8',
  })
  const { issues }: { issues: Issue[] } = JSON.parse(stdout)
  return issues.filter(({ files, exports, types, dependencies, devDependencies }) =>
    [files, exports, types, dependencies, devDependencies].some((names) => names.length > 0),
  )
}

/** Takes out what a file imports or declares and does not use. */
export function cutUnusedImports(root: string): void {
  const options = ['--write', '--unsafe', '--only=correctness/noUnusedImports', '.']
  execFileSync('biome', ['lint', ...options], { cwd: root, stdio: 'ignore' })
  for (const file of listCodeFiles(root).filter((path) => /\.tsx?$/.test(path)))
    edit(root, file, (source) => cutUnusedDeclarations(file, source))
}

function edit(root: string, file: string, change: (source: string) => string): void {
  const path = join(root, file)
  const source = readFileSync(path, 'utf8')
  const changed = change(source)
  if (changed !== source) writeFileSync(path, changed)
}
