import { parseSync, Visitor } from 'oxc-parser'

type Span = { start: number; end: number }
type Statement = ReturnType<typeof parseSync>['program']['body'][number]

/** Takes the named top-level declarations and re-exports out of a source, and what only they used in it. */
export function cutDeclarations(file: string, source: string, names: ReadonlySet<string>): string {
  const rest = cutStatements(file, source, (statement) => {
    const declared = declaredNames(statement)
    return declared.length > 0 && declared.every((name) => names.has(name))
  })
  return cutUnusedDeclarations(file, cutHandedOn(file, rest, names))
}

/** Takes the named ones out of each list of names that is handed on together. */
function cutHandedOn(file: string, source: string, names: ReadonlySet<string>): string {
  return parseSync(file, source).program.body.reduceRight((text, statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration) return text
    const kept = statement.specifiers.filter(({ exported }) => !names.has(nameOf(exported)))
    const [first, last] = [statement.specifiers[0], statement.specifiers.at(-1)]
    if (!first || !last || kept.length === statement.specifiers.length) return text
    const list = kept.map(({ start, end }) => source.slice(start, end)).join(', ')
    return text.slice(0, first.start) + list + text.slice(last.end)
  }, source)
}

/** Takes out what is declared at the top of a file, and neither exported nor used. */
export function cutUnusedDeclarations(file: string, source: string): string {
  const counts = countNames(file, source)
  const rest = cutStatements(file, source, (statement) => {
    const declared = declaredNames(statement)
    const isExported = statement.type.startsWith('Export')
    return !isExported && declared.length > 0 && declared.every((name) => counts.get(name) === 1)
  })
  return rest === source ? rest : cutUnusedDeclarations(file, rest)
}

/** Takes the statements that `isCut` chooses out of a source, with the comments right before each. */
export function cutStatements(
  file: string,
  source: string,
  isCut: (statement: Statement) => boolean,
): string {
  const { program, comments } = parseSync(file, source)
  const spans = program.body
    .filter(isCut)
    .map(({ start, end }) => ({ start: startWithComments(source, comments, start), end }))
  return spans.reduceRight(
    (text, { start, end }) => text.slice(0, start) + text.slice(end).replace(/^\n/, ''),
    source,
  )
}

function declaredNames(statement: Statement): string[] {
  if (statement.type === 'ExportNamedDeclaration' && !statement.declaration) {
    return statement.specifiers.map(({ exported }) => nameOf(exported))
  }
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  switch (declaration?.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      return declaration.id ? [declaration.id.name] : []
    case 'VariableDeclaration':
      return declaration.declarations.map(({ id }) => (id.type === 'Identifier' ? id.name : ''))
    default:
      return []
  }
}

function nameOf(exported: { name: string } | { value: string }): string {
  return 'name' in exported ? exported.name : exported.value
}

function startWithComments(source: string, comments: readonly Span[], start: number): number {
  const before = comments.findLast(
    (comment) => comment.end <= start && /^[ \t]*\n?[ \t]*$/.test(source.slice(comment.end, start)),
  )
  return before ? startWithComments(source, comments, before.start) : start
}

function countNames(file: string, source: string): Map<string, number> {
  const counts = new Map<string, number>()
  const count = ({ name }: { name: string }) => counts.set(name, (counts.get(name) ?? 0) + 1)
  new Visitor({ Identifier: count, JSXIdentifier: count }).visit(parseSync(file, source).program)
  return counts
}
