import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PACKAGE = join(import.meta.dirname, '..')
const BIN = join(PACKAGE, '../../node_modules/.bin')
/** Bytes, gzipped. */
const MAX_CORE_SIZE = 15_000

const USE = `
const engine = new CreditsEngine({ storage: new MockAdapter([{ id: 'u', credits: 100 }]), config: { costs: { act: { default: 10 } } } })
const charge = engine.charge({ userId: 'u', action: 'act', idempotencyKey: 'k' })
void charge.then(({ balanceAfter }) => console.log(balanceAfter, typeof conformance, typeof LivebalanceAdapter, typeof PrismaAdapter, typeof createMigration))`
const NAMES: [string, string][] = [
  ['CreditsEngine, MockAdapter', 'credit-sdk'],
  ['conformance', 'credit-sdk/conformance'],
  ['LivebalanceAdapter', 'credit-sdk/livebalance'],
  ['PrismaAdapter', 'credit-sdk/prisma'],
  ['createMigration', 'credit-sdk/schema'],
]
const ESM = NAMES.map(([names, from]) => `import { ${names} } from '${from}'`).join('\n') + USE
const CJS = NAMES.map(([names, from]) => `const { ${names} } = require('${from}')`).join('\n') + USE
const PRINTED = '90 function function function function\n'

describe('the package, packed and installed elsewhere', () => {
  const project = mkdtempSync(join(tmpdir(), 'credit-sdk-'))
  let tarball: string

  /** A program's output; it rejects with it, too. */
  async function run(program: string, args: readonly string[], cwd = project): Promise<string> {
    // What npm set for this run of the tests is not meant for that project.
    const env = { ...process.env }
    for (const name of Object.keys(env)) if (/^npm_/i.test(name)) delete env[name]
    try {
      return (await promisify(execFile)(program, [...args], { cwd, env })).stdout
    } catch (error) {
      throw new Error(
        `${program} failed: ${Reflect.get(Object(error), 'stdout')} ${Reflect.get(Object(error), 'stderr')}`,
      )
    }
  }

  beforeAll(async () => {
    await run(join(BIN, 'tsdown'), [], PACKAGE)
    await run('npm', ['pack', '--pack-destination', project], PACKAGE)
    tarball = join(project, readdirSync(project).find((file) => file.endsWith('.tgz')) ?? '')
    writeFileSync(join(project, 'package.json'), '{ "name": "scratch", "private": true }')
    await run('npm', ['install', '--offline', '--omit=optional', '--legacy-peer-deps', tarball])
  })
  afterAll(() => rmSync(project, { recursive: true, force: true }))

  test('works from ES modules', async () => {
    writeFileSync(join(project, 'use.mjs'), ESM)
    expect(await run('node', ['use.mjs'])).toBe(PRINTED)
  })

  test('works from CommonJS', async () => {
    writeFileSync(join(project, 'use.cjs'), CJS)
    expect(await run('node', ['use.cjs'])).toBe(PRINTED)
  })

  test('brings its command', async () => {
    const command = join(project, 'node_modules/.bin/credit-sdk')
    expect(await run(command, ['init', '--dialect', 'sqlite'])).toContain('001_credits.up.sql written')
  })

  test.each(['nodenext', 'bundler'])('has types, with module resolution %s', async (resolution) => {
    writeFileSync(join(project, 'use.mts'), ESM)
    writeFileSync(join(project, 'wrong.mts'), ESM.replace("action: 'act'", 'action: 1'))
    const strict = ['--strict', '--noEmit', '--target', 'es2023', '--lib', 'es2023,dom', '--types', '']
    const module = resolution === 'bundler' ? 'esnext' : 'nodenext'
    const options = [...strict, '--module', module, '--moduleResolution', resolution]
    expect(await run(join(BIN, 'tsc'), [...options, 'use.mts'])).toBe('')
    await expect(run(join(BIN, 'tsc'), [...options, 'wrong.mts'])).rejects.toThrow('TS2322')
  })

  test('pleases publint and attw', async () => {
    expect(await run(join(BIN, 'publint'), ['run', tarball, '--strict'])).toContain('All good')
    // Since it asks for no resolution without `exports`, sub-paths need no folders. It fails with any problem.
    expect(await run(join(BIN, 'attw'), [tarball, '--profile', 'node16', '--no-emoji'])).toContain(
      'node16 (from CJS): OK (CJS)',
    )
  })

  test('brings the migrations and the Prisma schemas, and no source of the tests', async () => {
    const files = await run('tar', ['-tzf', tarball])
    expect(files).toContain('package/migrations/postgres/001_credits.up.sql')
    expect(files).toContain('package/prisma/mysql/migrations/20260101000000_credits/migration.sql')
    expect(files).not.toMatch(/testing|\.test\./)
  })

  test(`has a core of less than ${MAX_CORE_SIZE} bytes, gzipped, and no dependency`, () => {
    const dist = join(project, 'node_modules/credit-sdk/dist')
    const seen = new Map<string, Buffer>()
    const visit = (file: string) => {
      if (seen.has(file)) return
      const text = readFileSync(join(dist, file))
      seen.set(file, text)
      for (const [, next = ''] of text.toString().matchAll(/from "\.\/([^"]+)"/g)) visit(next)
    }
    visit('index.js')
    expect(gzipSync(Buffer.concat([...seen.values()])).length).toBeLessThan(MAX_CORE_SIZE)
    const { dependencies } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))
    expect(dependencies).toBeUndefined()
  })
})
