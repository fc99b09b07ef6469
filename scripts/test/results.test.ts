import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { formatFailures, readPlaywrightReport, readVitestReport } from './results.ts'

function directoryWith(files: Record<string, string>): string {
  const directory = mkdtempSync(join(PROJECT_DIRECTORY, '.results-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content)
  return directory
}

test('a run of unit tests tells what failed and why, also around and outside of tests', async () => {
  const directory = directoryWith({
    'vitest.config.mjs': 'export default { test: { include: ["*.test.mjs"] } }',
    'sums.test.mjs': `import { expect, test } from 'vitest'
      test('adds', () => expect(1 + 1).toBe(2))
      test('adds more', () => expect(1 + 1).toBe(3))`,
    'broken.test.mjs': 'throw new Error("nobody can read me")',
    'hooks.test.mjs': `import { afterAll, describe, test } from 'vitest'
      describe('a database', () => {
        afterAll(() => { throw new Error('it is still in use') })
        test('answers', () => {})
        test.skip('answers soon', () => {})
      })`,
    'late.test.mjs': `import { test } from 'vitest'
      test('leaves something behind', () => { Promise.reject(new RangeError('nobody waited for me')) })`,
  })
  const file = join(directory, 'report.json')
  const { status } = spawnSync(
    join(PROJECT_DIRECTORY, 'node_modules/.bin/vitest'),
    ['run', `--reporter=${join(PROJECT_DIRECTORY, 'scripts/test/vitest-report.ts')}`],
    { cwd: directory, encoding: 'utf8', env: { ...process.env, VITEST_REPORT_FILE: file } },
  )
  const report = await readVitestReport(file, status ?? 1)
  expect(report).toMatchObject({ passed: 3, failed: 4, skipped: 1 })
  const text = formatFailures([{ name: 'unit', ...report }])
  expect(text).toMatch(/✗ unit: .*sums\.test\.mjs > adds more\n {4}.*expected 2 to be 3/)
  expect(text).toMatch(/✗ unit: .*broken\.test\.mjs\n {4}.*nobody can read me/)
  expect(text).toMatch(/✗ unit: .*hooks\.test\.mjs > before or after "a database"\n {4}it is still in use/)
  expect(text).toMatch(
    /✗ unit: outside of any test during .*late\.test\.mjs\n {4}RangeError: nobody waited for me/,
  )
})

test('a run in the browser tells what failed and why', async () => {
  const directory = directoryWith({
    'playwright.config.mjs': 'export default { testDir: "." }',
    'pages.spec.mjs': `import { expect, test } from '@playwright/test'
      test('opens', () => expect(1).toBe(1))
      test.describe('on a phone', () => { test('opens, too', () => expect(1).toBe(2)) })`,
  })
  const file = join(directory, 'report.json')
  const { status } = spawnSync(
    join(PROJECT_DIRECTORY, 'node_modules/.bin/playwright'),
    ['test', '--reporter=json'],
    { cwd: directory, encoding: 'utf8', env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file } },
  )
  const report = await readPlaywrightReport(file, status ?? 1)
  expect(report).toMatchObject({ passed: 1, failed: 1, skipped: 0 })
  expect(formatFailures([{ name: 'e2e', ...report }])).toMatch(
    /✗ e2e: pages\.spec\.mjs:3 > opens, too\n {4}.*toBe/,
  )
})

test('a run that ended badly without a report has failed, and says where to look', async () => {
  const report = await readVitestReport(join(tmpdir(), 'there-is-no-such-report.json'), 1)
  expect(report).toMatchObject({ passed: 0, failed: 1 })
  expect(formatFailures([{ name: 'sdk', ...report }])).toBe(
    '✗ sdk: ended badly without naming a test: see its output above',
  )
})
