import { execFileSync } from 'node:child_process'
import { cp, readFile, symlink } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeTemporaryDirectory } from '../../packages/dev-stack/temporary-directory.ts'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { createTool } from './create-tool.ts'

const CHECKS_MS = 180_000
const NOT_COPIED = new Set(['node_modules', '.git', '.next', '.local', 'test-results', 'docs'])

let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>

/** Runs a program of the project in its copy and gives what it prints; that is in the error when it fails. */
function runInCopy(program: string, ...args: string[]): string {
  const binary = join(directory.path, 'node_modules/.bin', program)
  const env = { ...process.env, NO_COLOR: '1' }
  return execFileSync(binary, args, { cwd: directory.path, stdio: 'pipe', encoding: 'utf8', env })
}

beforeAll(async () => {
  directory = await makeTemporaryDirectory()
  const filter = (source: string) => !NOT_COPIED.has(relative(PROJECT_DIRECTORY, source))
  await cp(PROJECT_DIRECTORY, directory.path, { recursive: true, filter })
  await symlink(join(PROJECT_DIRECTORY, 'node_modules'), join(directory.path, 'node_modules'), 'junction')
}, CHECKS_MS)
afterAll(() => directory.remove())

describe('a new tool', () => {
  test(
    'passes format, lint, types, its own test and the search for unused code as it was made',
    () => {
      const said = runInCopy('node', 'local/new-tool.ts', 'word-count')
      expect(said).toContain('lib/tools/word-count.ts')
      runInCopy('biome', 'ci', '--error-on-warnings', 'lib', 'app', 'components')
      runInCopy('next', 'typegen')
      runInCopy('tsc', '--noEmit', '--incremental', 'false')
      runInCopy('vitest', 'run', '--project', 'unit', 'lib/tools/word-count.test.ts')
      runInCopy('knip')
    },
    CHECKS_MS,
  )

  test('is found in the navigation', async () => {
    const catalog = await readFile(join(directory.path, 'components/tools/catalog.ts'), 'utf8')
    expect(catalog).toContain("href: '/tools/word-count'")
  })

  test('does not overwrite one that is there', async () => {
    await expect(createTool(directory.path, 'word-count')).rejects.toThrow(
      'There is a lib/tools/word-count.ts already.',
    )
  })

  test('does not take the id of another', async () => {
    const message = '"text-generation" is the id of another tool, in lib/tools/summarize.ts.'
    await expect(createTool(directory.path, 'text-generation')).rejects.toThrow(message)
  })

  test.each(['', 'Word', 'word_count', 'word--count', '-word', '../word', '1word', 'a'.repeat(41)])(
    'cannot be called "%s"',
    async (name) => {
      await expect(createTool(directory.path, name)).rejects.toThrow('is no name for a tool')
    },
  )
})
