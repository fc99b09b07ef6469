import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'
import { databaseMatchesTypes, migrationsMatchSchemas, passesAdvisors } from './database-checks.ts'
import { countCheck, type Report, readPlaywrightReport, readVitestReport } from './results.ts'
import { run } from './run.ts'

export type Layer = { name: string; claim: string; run: () => Promise<Report> }

/** What `npm test` runs, in order: cheap and telling first, the browser last. */
export function createLayers(stack: AsyncDisposableStack): Layer[] {
  const check = (name: string, claim: string, ...commands: string[][]): Layer => ({
    name,
    claim,
    run: async () => {
      const codes: number[] = []
      for (const [program = '', ...args] of commands) codes.push(await run(program, args))
      return countCheck(codes.every((code) => code === 0))
    },
  })
  const vitest = (name: string, claim: string): Layer => ({
    name,
    claim,
    run: async () => {
      const file = await reportFile(stack)
      const reporters = ['--reporter=default', '--reporter=./scripts/test/vitest-report.ts']
      const args = ['run', '--project', name, ...reporters]
      return readVitestReport(file, await run('vitest', args, { VITEST_REPORT_FILE: file }))
    },
  })

  return [
    check(
      'lint',
      'formatted, free of lint, imported one way, in the words of the glossary, safe to translate',
      ['biome', 'ci', '--error-on-warnings', '.'],
      ['node', 'scripts/lint/arrows.ts'],
      ['node', 'scripts/lint/words.ts'],
      ['node', 'scripts/lint/translation.ts'],
    ),
    check('types', 'every type holds', ['next', 'typegen'], ['tsc', '-p', 'tsconfig.check.json']),
    check('unused', 'no file, export or dependency is unused', ['knip']),
    { name: 'advisors', claim: 'the database advisors have no complaint', run: passesAdvisors },
    {
      name: 'migrations',
      claim: 'the migrations make the database of the schema files, and released ones never change',
      run: migrationsMatchSchemas,
    },
    {
      name: 'database-types',
      claim: 'the generated types are those of the migrations',
      run: databaseMatchesTypes,
    },
    vitest('unit', 'the parts work'),
    vitest('copies', 'the commands that change or check a project work on a copy of it'),
    vitest('database', 'the database keeps its promises'),
    vitest('sdk', 'the credit SDK stays right on every database that is here'),
    check(
      'build',
      'the production build works without any environment, and no page is heavier than its budget',
      ['next', 'build'],
      ['node', 'scripts/test/check-bundles.ts'],
    ),
    {
      name: 'e2e',
      claim: 'people can do what they came for, in a real browser',
      run: async () => {
        const file = await reportFile(stack)
        const env = { CHROMIUM_PATH: await findChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: file }
        return readPlaywrightReport(file, await run('playwright', ['test', '--reporter=list,json'], env))
      },
    },
  ]
}

async function reportFile(stack: AsyncDisposableStack): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'test-report-'))
  stack.defer(() => rm(directory, { recursive: true, force: true }))
  return join(directory, 'report.json')
}
