import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const PACKAGE = join(import.meta.dirname, '..')
const BIN = join(PACKAGE, '../../node_modules/.bin')
/** Bytes, gzipped. */
const MAX_CORE_SIZE = 15_000

const NAMES: [string, string][] = [
  ['CreditsEngine, MockAdapter', 'credit-sdk'],
  ['conformance', 'credit-sdk/conformance'],
  ['DrizzleAdapter', 'credit-sdk/drizzle'],
  ['KyselyAdapter', 'credit-sdk/kysely'],
  ['LivebalanceAdapter', 'credit-sdk/livebalance'],
  ['PrismaAdapter', 'credit-sdk/prisma'],
  ['createMigration', 'credit-sdk/schema'],
]
const use = (names: typeof NAMES) => `
const engine = new CreditsEngine({ storage: new MockAdapter([{ id: 'u', credits: 100 }]), config: { costs: { act: { default: 10 } } } })
const charge = engine.charge({ userId: 'u', action: 'act', idempotencyKey: 'k' })
void charge.then(({ balanceAfter }) => console.log(balanceAfter, ${names.slice(1).map(([name]) => `typeof ${name}`)}))`
const esm = (names: typeof NAMES) =>
  names.map(([name, from]) => `import { ${name} } from '${from}'`).join('\n') + use(names)
const CJS = NAMES.map(([name, from]) => `const { ${name} } = require('${from}')`).join('\n') + use(NAMES)
const PRINTED = `90${' function'.repeat(NAMES.length - 1)}\n`

describe('the package, packed and installed elsewhere', () => {
  const project = mkdtempSync(join(tmpdir(), 'credit-sdk-'))
  let tarball: string

  /** A program's output; it rejects with it, too. */
  async function run(program: string, args: readonly string[], cwd = project): Promise<string> {
    // What npm set for this run of the tests is not meant for that project.
    const env: NodeJS.ProcessEnv = { ...process.env, FORCE_COLOR: '0' }
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
    // What the project has of its own.
    for (const peer of ['drizzle-orm', 'kysely'])
      symlinkSync(join(PACKAGE, '../../node_modules', peer), join(project, 'node_modules', peer))
  })
  afterAll(() => rmSync(project, { recursive: true, force: true }))

  test('works from ES modules', async () => {
    writeFileSync(join(project, 'use.mjs'), esm(NAMES))
    expect(await run('node', ['use.mjs'])).toBe(PRINTED)
  })

  test('works from CommonJS', async () => {
    writeFileSync(join(project, 'use.cjs'), CJS)
    expect(await run('node', ['use.cjs'])).toBe(PRINTED)
  })

  test('runs the quick start of the README, and charges its keys once', async () => {
    const [, code = ''] = /```js\n([\s\S]*?)```/.exec(readFileSync(join(PACKAGE, 'README.md'), 'utf8')) ?? []
    writeFileSync(join(project, 'quick-start.mjs'), code)
    const packages = ['kysely', 'better-sqlite3'].map((name) => join('node_modules', name))
    for (const path of packages.filter((path) => !existsSync(join(project, path))))
      symlinkSync(join(PACKAGE, '../..', path), join(project, path))
    for (let times = 0; times < 2; times += 1)
      expect(await run('node', ['quick-start.mjs'])).toContain('90 credits are left')
  })

  test('brings its command', async () => {
    const command = join(project, 'node_modules/.bin/credit-sdk')
    expect(await run(command, ['init', '--dialect', 'sqlite'])).toContain('001_credits.up.sql written')
  })

  test.each([
    ['loyalty-points', 'Free shipping for 150 points, 1050 left.'],
    ['organization', '76 credits are left.'],
    ['legacy-accounts', 'Charged 8 as PRO_PLAN, 92 left.'],
  ])('runs the example %s', async (example, printed) => {
    expect(await run('node', [`examples/${example}/main.ts`], PACKAGE)).toContain(printed)
  })

  test.each(['nodenext', 'bundler'])('has types, with module resolution %s', async (resolution) => {
    const own = esm(NAMES.filter(([name]) => name !== 'DrizzleAdapter'))
    writeFileSync(join(project, 'use.mts'), own)
    writeFileSync(join(project, 'wrong.mts'), own.replace("action: 'act'", 'action: 1'))
    writeFileSync(join(project, 'drizzle.mts'), esm(NAMES))
    const strict = ['--strict', '--noEmit', '--target', 'es2023', '--lib', 'es2023,dom', '--types', '']
    const module = resolution === 'bundler' ? 'esnext' : 'nodenext'
    const options = [...strict, '--module', module, '--moduleResolution', resolution]
    expect(await run(join(BIN, 'tsc'), [...options, 'use.mts'])).toBe('')
    // The types of Drizzle itself want those of every database it knows.
    expect(await run(join(BIN, 'tsc'), [...options, '--skipLibCheck', 'drizzle.mts'])).toBe('')
    await expect(run(join(BIN, 'tsc'), [...options, 'wrong.mts'])).rejects.toThrow('TS2322')
  })

  test('pleases publint and attw', async () => {
    expect(await run(join(BIN, 'publint'), ['run', tarball, '--strict'])).toContain('All good')
    // Since it asks for no resolution without `exports`, sub-paths need no folders. It fails with any other problem.
    const found = await run(join(BIN, 'attw'), [tarball, '--profile', 'node16', '--format', 'json'])
    expect(Object.keys(JSON.parse(found).analysis.entrypoints)).toContain('./kysely')
  })

  test('brings the migrations and the Prisma schemas, and no source of the tests', async () => {
    const files = await run('tar', ['-tzf', tarball])
    expect(files).toContain('package/migrations/postgres/001_credits.up.sql')
    expect(files).toContain('package/drizzle/postgres.ts')
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
