import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { envFileOf, readEnvFile, removeEnvFile, writeEnvFile } from './env-file.ts'

const ENV = { URL: 'http://127.0.0.1:54321', KEY: 'whsec_a+b/c==', TEXT: 'two words # $HOME' }

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'env-'))
  return () => rm(directory, { recursive: true })
})

test('what is written is read again, by this program and by a shell', async () => {
  await writeEnvFile(directory, ENV)
  expect(await readEnvFile(directory)).toEqual(ENV)
  const script = `. '${envFileOf(directory)}'; printf '%s|%s|%s' "$URL" "$KEY" "$TEXT"`
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(Object.values(ENV).join('|'))
})

test.skipIf(process.platform === 'win32')('nobody else may read it', async () => {
  await writeEnvFile(directory, ENV)
  expect((await stat(envFileOf(directory))).mode & 0o777).toBe(0o600)
})

test('nothing is left when it is removed, and there is nothing to read', async () => {
  await writeEnvFile(directory, ENV)
  await removeEnvFile(directory)
  expect(await readdir(directory)).toEqual([])
  expect(await readEnvFile(directory)).toEqual({})
})
