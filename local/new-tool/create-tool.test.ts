import { execFileSync } from 'node:child_process'
import { cp, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { makeTemporaryDirectory } from '../temporary-directory.ts'
import { createTool } from './create-tool.ts'

const CHECKS_MS = 180_000

let directory: Awaited<ReturnType<typeof makeTemporaryDirectory>>

/** Runs a program of the project in its copy; what it prints is shown when it fails. */
function runInCopy(program: string, ...args: string[]): void {
  const binary = join(directory.path, 'node_modules/.bin', program)
  execFileSync(binary, args, { cwd: directory.path, stdio: 'pipe', env: { ...process.env, NO_COLOR: '1' } })
}

beforeAll(async () => {
  directory = await makeTemporaryDirectory()
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT_DIRECTORY,
    encoding: 'utf8',
  })
  for (const file of files.split('\0').filter(Boolean)) {
    // A file deleted but not yet committed is listed all the same.
    await cp(join(PROJECT_DIRECTORY, file), join(directory.path, file)).catch(() => undefined)
  }
  await symlink(join(PROJECT_DIRECTORY, 'node_modules'), join(directory.path, 'node_modules'))
}, CHECKS_MS)
afterAll(() => directory.remove())

describe('a new tool', () => {
  test(
    'passes format, lint, types and its own test as it was made',
    async () => {
      const paths = await createTool(directory.path, 'word-count')
      runInCopy('biome', 'check', '--write', '--vcs-enabled=false', ...paths)
      runInCopy('next', 'typegen')
      runInCopy('tsc', '--noEmit', '--incremental', 'false')
      runInCopy('vitest', 'run', '--project', 'unit', 'lib/tools/word-count.test.ts')
    },
    CHECKS_MS,
  )

  test('is found in the navigation', async () => {
    const catalogue = await readFile(join(directory.path, 'components/tools/catalogue.ts'), 'utf8')
    expect(catalogue).toContain("href: '/tools/word-count'")
  })

  test('does not overwrite one that is there', async () => {
    await expect(createTool(directory.path, 'word-count')).rejects.toThrow(
      'There is a lib/tools/word-count.ts already.',
    )
  })

  test.each(['', 'Word', 'word_count', 'word--count', '-word', '../word', '1word', 'a'.repeat(41)])(
    'cannot be called "%s"',
    async (name) => {
      await expect(createTool(directory.path, name)).rejects.toThrow('is no name for a tool')
    },
  )
})
