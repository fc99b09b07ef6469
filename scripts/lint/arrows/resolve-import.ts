import { posix } from 'node:path'

const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '/index.ts', '/index.tsx']

/**
 * The file of this project that an import leads to, or null for a package of npm.
 * @throws when the import should lead to a file here and there is none
 */
export function resolveImport(
  exists: (file: string) => boolean,
  from: string,
  specifier: string,
): string | null {
  const path = specifier.startsWith('@/')
    ? specifier.slice(2)
    : specifier.startsWith('.')
      ? posix.join(posix.dirname(from), specifier)
      : null
  if (path === null) return null
  const found = ENDINGS.map((ending) => path + ending).find(exists)
  if (!found) throw new Error(`imports ${specifier}, which is not there`)
  return found
}
