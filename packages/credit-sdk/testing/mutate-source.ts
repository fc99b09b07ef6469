import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const PACKAGE = join(import.meta.dirname, '..')

/** A change of the source: in a file of `src`, the text that occurs there once, and what stands in its place. */
export type SourceChange = readonly [file: string, text: string, replacement: string]

export type Mutant = {
  conformance: typeof import('../src/conformance/index.ts')
  kysely: typeof import('../src/adapters/kysely/index.ts')
  storm: typeof import('./storm.ts')
}

/**
 * Copies the source into an ignored folder, changes it there, and loads the suite, an adapter and the storm from it.
 * @throws when a text does not occur exactly once
 */
export async function mutateSource(name: string, changes: readonly SourceChange[]): Promise<Mutant> {
  const folder = join(PACKAGE, '.local/mutants', name.replace(/\W+/g, '-'))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'testing'), { recursive: true })
  const isSource = (path: string) => !path.endsWith('.test.ts')
  cpSync(join(PACKAGE, 'src'), join(folder, 'src'), { recursive: true, filter: isSource })
  for (const file of ['storm.ts', 'storm-ledger.ts'])
    cpSync(join(PACKAGE, 'testing', file), join(folder, 'testing', file))
  for (const [file, text, replacement] of changes) {
    const path = join(folder, 'src', file)
    const parts = readFileSync(path, 'utf8').split(text)
    if (parts.length !== 2) throw new Error(`${file} has "${text}" ${parts.length - 1} times.`)
    writeFileSync(path, parts.join(replacement))
  }
  return {
    conformance: await import(join(folder, 'src/conformance/index.ts')),
    kysely: await import(join(folder, 'src/adapters/kysely/index.ts')),
    storm: await import(join(folder, 'testing/storm.ts')),
  }
}
