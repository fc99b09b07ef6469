import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { copyProject } from '../lint/copy-project.ts'
import { createTool } from './create-tool.ts'
import { KINDS } from './kinds/index.ts'

let copy: ReturnType<typeof copyProject>

beforeAll(() => {
  copy = copyProject({ withModules: true })
})
afterAll(() => copy[Symbol.dispose]())

/** Runs a program of the project in its copy and gives what it prints; that is in the error when it fails. */
function runInCopy(program: string, ...args: string[]): string {
  const env = { ...process.env, NO_COLOR: '1' }
  const binary = join(copy.root, 'node_modules/.bin', program)
  return execFileSync(binary, args, { cwd: copy.root, stdio: 'pipe', encoding: 'utf8', env })
}

describe('a new tool', () => {
  test('of each kind passes format, lint, types, its own test and the search for unused code as it was made', () => {
    const said = runInCopy('node', 'scripts/new-tool.ts', 'word-count')
    expect(said).toContain('tools/word-count/tool.ts')
    for (const kind of Object.keys(KINDS)) runInCopy('node', 'scripts/new-tool.ts', `made-by-${kind}`, kind)
    runInCopy('biome', 'ci', '--error-on-warnings', 'tools')
    runInCopy('node', 'scripts/lint/arrows.ts')
    runInCopy('next', 'typegen')
    runInCopy('tsc', '-p', 'tsconfig.check.json')
    runInCopy('vitest', 'run', '--project', 'unit', 'tools/word-count/tool.test.ts', 'tools/made-by')
    runInCopy('knip')
  })

  test('is its folder alone: no other file is written', () => {
    const [, ...paths] = runInCopy('node', 'scripts/new-tool.ts', 'word-list', 'form').split('\n')
    const written = paths.slice(0, paths.indexOf('')).map((path) => path.trim())
    expect(written.filter((path) => !path.startsWith('tools/word-list/'))).toEqual([])
  })

  test('does not overwrite one that is there', async () => {
    await expect(createTool(copy.root, 'word-count')).rejects.toThrow('There is a tools/word-count already.')
  })

  test('is of a kind that there is', async () => {
    await expect(createTool(copy.root, 'word-guess', 'magic')).rejects.toThrow('There is no kind "magic"')
  })

  test('does not take the id of another', async () => {
    const message = '"image-generation" is the id of another tool, in tools/social-card/tool.tsx.'
    await expect(createTool(copy.root, 'image-generation')).rejects.toThrow(message)
  })

  test.each(['', 'Word', 'word_count', 'word--count', '-word', '../word', '1word', 'a'.repeat(41)])(
    'cannot be called "%s"',
    async (name) => {
      await expect(createTool(copy.root, name)).rejects.toThrow('is no name for a tool')
    },
  )
})
