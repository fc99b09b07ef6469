import { globSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { type CallExpression, parseSync, Visitor } from 'oxc-parser'

/** An import as it is written, and the file of this project that it leads to; undefined when there is none. */
export type ProjectImport = { specifier: string; target: string | undefined }

/** Clients that tests generate before they load a file: in no commit, so not there on a fresh checkout. */
const GENERATED = /^packages\/credit-sdk\/.*\/generated\//

const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '/index.ts', '/index.tsx']

/**
 * What a file imports of this project: types, re-exports, `import()` and the files of an `import.meta.glob` included;
 * packages of npm, and what tests generate, left out.
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
    CallExpression: (node) => imports.push(...readGlob(root, file, node)),
  }).visit(program)
  return imports
}

/** The files that an `import.meta.glob` of literal patterns takes. */
function readGlob(
  root: string,
  file: string,
  { callee, arguments: [given] }: CallExpression,
): ProjectImport[] {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'MetaProperty') return []
  const patterns = given?.type === 'ArrayExpression' ? given.elements : [given]
  const folder = posix.dirname(file)
  return patterns
    .flatMap((pattern) => (pattern?.type === 'Literal' ? [String(pattern.value)] : []))
    .flatMap((pattern) => globSync(pattern, { cwd: join(root, folder) }))
    .map((specifier) => ({ specifier, target: posix.join(folder, specifier.replaceAll('\\', '/')) }))
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
