import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { readImports } from '../lint/arrows/read-imports.ts'
import { listCodeFiles } from '../lint/list-files.ts'
import { cutStatements } from './cut-declarations.ts'

const TEST = /\.(test|spec)\.tsx?$|^(supabase\/tests|e2e)\//
const LIST = /\/index\.ts$/

/** Takes out imports of files that are gone. A test that needs one is deleted, and so is what needs that test. */
export function cutDeadImports(root: string): void {
  const changed = listCodeFiles(root).filter((file) => cutDeadImportsOf(root, file))
  if (changed.some((file) => TEST.test(file))) cutDeadImports(root)
}

function cutDeadImportsOf(root: string, file: string): boolean {
  const imports = readImports(root, file)
  const dead = new Set(imports.flatMap(({ specifier, target }) => (target ? [] : specifier)))
  const source = readFileSync(join(root, file), 'utf8')
  const rest = cutStatements(file, source, (statement) => {
    if (statement.type === 'ImportDeclaration') return dead.has(statement.source.value)
    const isReExport =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportAllDeclaration'
    return isReExport && !!statement.source && dead.has(statement.source.value)
  })
  const isBroken = dead.size > 0 || importsGoneName(root, file)
  if (TEST.test(file) && !LIST.test(file) && isBroken) rmSync(join(root, file))
  else if (rest !== source) writeFileSync(join(root, file), rest)
  else return false
  return true
}

/** Whether a file imports from a list of re-exports what that no longer hands on. */
function importsGoneName(root: string, file: string): boolean {
  const imports = readImports(root, file)
  return namedImports(root, file).some(({ specifier, name }) => {
    const target = imports.find((found) => found.specifier === specifier)?.target
    if (!target || !LIST.test(target)) return false
    const exported = exportedNames(root, target)
    // What has no name hands on everything.
    return !exported.has(null) && !exported.has(name)
  })
}

function namedImports(root: string, file: string): { specifier: string; name: string }[] {
  return parse(root, file).staticImports.flatMap(({ moduleRequest, entries }) =>
    entries.flatMap(({ importName: { kind, name } }) =>
      kind === 'Name' && name ? [{ specifier: moduleRequest.value, name }] : [],
    ),
  )
}

function exportedNames(root: string, file: string): Set<string | null> {
  return new Set(
    parse(root, file).staticExports.flatMap(({ entries }) =>
      entries.map(({ exportName }) => exportName.name),
    ),
  )
}

function parse(root: string, file: string) {
  return parseSync(file, readFileSync(join(root, file), 'utf8')).module
}
