import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

/**
 * What a file imports, as it is written there: imports of types, re-exports and `import()` included.
 * @throws when the file cannot be read or parsed
 */
export function readImports(root: string, file: string): string[] {
  const { errors, program } = parseSync(file, readFileSync(join(root, file), 'utf8'))
  if (errors[0]) throw new Error(errors[0].message)
  const specifiers: string[] = []
  const add = (source: { type: string; value?: unknown } | null) => {
    if (typeof source?.value === 'string') specifiers.push(source.value)
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
  }).visit(program)
  return specifiers
}
