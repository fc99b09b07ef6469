import { readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

/** An import as it is written, and the file of this project that it leads to; undefined when there is none. */
export type ProjectImport = { specifier: string; target: string | undefined }

/** Clients that tests generate before they load a file: in no commit, so not there on a fresh checkout. */
const GENERATED = /^packages\/credit-sdk\/.*\/generated\//

const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '/index.ts', '/index.tsx']

/**
 * What a file imports of this project: types, re-exports and `import()` included; packages of npm, and what
 * tests generate, left out.
 * @throws when the file cannot be read or parsed
 */
export function readImports(root: string, file: string): ProjectImport[] {
  const { errors, program } = parseSync(file, readFileSync(join(root, file), 'utf8'))
  if (errors[0]) throw new Error(errors[0].message)
  const imports: ProjectImport[] = []
  const add = (source: { type: string; value?: unknown } | null) => {
    if (typeof source?.value !== 'string') return
    const path = toProjectPath(file, source.value)
    if (path && !GENERATED.test(path)) imports.push({ specifier: source.value, target: findFile(root, path) })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source),
    TSImportType: (node) => add(node.source),
  }).visit(program)
  return imports
}

function toProjectPath(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('@/')) return specifier.slice(2)
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined
}

function findFile(root: string, path: string): string | undefined {
  return ENDINGS.map((ending) => path + ending).find((candidate) =>
    statSync(join(root, candidate), { throwIfNoEntry: false })?.isFile(),
  )
}
