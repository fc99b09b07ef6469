const COMMENTS_AND_STRINGS = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g

/** The names in an SQL file, those inside function bodies too; comments and strings are left out. */
export function readSqlNames(source: string): Set<string> {
  return new Set(source.replace(COMMENTS_AND_STRINGS, ' ').match(/[a-z_][a-z0-9_]*/gi))
}
