import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { prismaFolder, runPrismaGenerate } from './prisma-client.ts'

const SAMPLES = join(import.meta.dirname, '../tests/guides')
const TSC = join(import.meta.dirname, '../../../node_modules/.bin/tsc')

/** The path of a file of a sample of the field guides. */
export function samplePath(name: string, file: string): string {
  return join(SAMPLES, name, file)
}

export function readSample(name: string, file: string): string {
  return readFileSync(samplePath(name, file), 'utf8')
}

/**
 * Generates the Prisma client of a sample beside it, and compiles the sample's files against it.
 * @throws with what the compiler says
 */
export async function compileSample(name: string): Promise<void> {
  await runPrismaGenerate(join(SAMPLES, name))
  const project = {
    extends: '../../../../../../tsconfig.json',
    // The guides declare fields in the parameters of constructors.
    compilerOptions: { incremental: false, erasableSyntaxOnly: false, plugins: [] },
    include: ['../*.ts'],
    exclude: [],
  }
  const projectFile = samplePath(name, 'generated/tsconfig.json')
  writeFileSync(projectFile, JSON.stringify(project))
  try {
    await promisify(execFile)(TSC, ['-p', projectFile])
  } catch (error) {
    throw new Error(String(Reflect.get(Object(error), 'stdout')))
  }
}

/** What a file of a compiled sample exports. */
// biome-ignore lint/suspicious/noExplicitAny: its types are known only once the client is generated
export function loadSample(name: string, file: string): Promise<any> {
  return import(samplePath(name, file))
}

/** The SDK's tables for Prisma on PostgreSQL, or on MySQL, with names of the sample's own. */
export function sampleTables(
  provider: 'postgresql' | 'mysql' | 'sqlite',
  names: Readonly<Record<string, string>> = {},
): string {
  const path = join(prismaFolder(provider), 'migrations/20260101000000_credits/migration.sql')
  const quote = provider === 'mysql' ? '`' : '"'
  return Object.entries(names).reduce(
    (sql, [name, own]) => sql.replaceAll(`${quote}${name}${quote}`, `${quote}${own}${quote}`),
    readFileSync(path, 'utf8'),
  )
}

/** The same without the table of the users, for one that was there before. */
export function ledgerTables(
  provider: 'postgresql' | 'mysql' | 'sqlite',
  names?: Readonly<Record<string, string>>,
): string {
  const tables = sampleTables(provider, names)
  return tables.slice(tables.search(/CREATE TABLE .Transaction/))
}
