import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, findRetired } from './find-retired.ts'
import { readCode } from './read-code.ts'
import { readSqlNames } from './read-sql.ts'

/** Generated, or the list of the words itself. */
const IGNORED = ['lib/supabase/database.types.ts', 'scripts/lint/words/', 'supabase/migrations/']
/** Whose texts a person may see. */
const ON_SCREEN = /^(app|components|lib|tools)\//
const TEST = /\.test\.tsx?$/

/** Looks for retired words in names, file names and sentences on the screen. */
export function checkWords(root: string, files: readonly string[]): Finding[] {
  return files
    .filter((file) => !IGNORED.some((path) => file.startsWith(path)))
    .flatMap((file) => checkFile(root, file))
}

function checkFile(root: string, file: string): Finding[] {
  const findings = findRetired(file, 'code', file)
  const source = () => readFileSync(join(root, file), 'utf8')
  if (file.endsWith('.sql')) {
    for (const name of readSqlNames(source())) findings.push(...findRetired(file, 'sql', name))
  }
  if (/\.[cm]?[jt]sx?$/.test(file)) {
    const { names, sentences } = readCode(file, source())
    for (const name of names) findings.push(...findRetired(file, 'code', name))
    if (ON_SCREEN.test(file) && !TEST.test(file)) {
      for (const sentence of sentences) findings.push(...findRetired(file, 'screen', sentence))
    }
  }
  return findings
}
