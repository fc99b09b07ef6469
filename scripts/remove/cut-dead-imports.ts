import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readImports } from '../lint/arrows/read-imports.ts'
import { listCodeFiles } from '../lint/list-files.ts'
import { cutStatements } from './cut-declarations.ts'

const TEST = /\.(test|spec)\.tsx?$|^(supabase\/tests|e2e)\//

/** Takes out imports of files that are gone. A test that needs one is deleted, and so is what needs that test. */
export function cutDeadImports(root: string): void {
  let isTestDeleted = false
  for (const file of listCodeFiles(root)) {
    const dead = new Set(
      readImports(root, file).flatMap(({ specifier, target }) => (target ? [] : specifier)),
    )
    if (dead.size === 0) continue
    const source = readFileSync(join(root, file), 'utf8')
    const rest = cutStatements(file, source, (statement) => {
      if (statement.type === 'ImportDeclaration') return !TEST.test(file) && dead.has(statement.source.value)
      const isReExport =
        statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportAllDeclaration'
      return isReExport && !!statement.source && dead.has(statement.source.value)
    })
    if (rest !== source) {
      writeFileSync(join(root, file), rest)
    } else if (TEST.test(file)) {
      rmSync(join(root, file))
      isTestDeleted = true
    }
  }
  if (isTestDeleted) cutDeadImports(root)
}
