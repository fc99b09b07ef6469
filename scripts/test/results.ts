import { readFile } from 'node:fs/promises'
import { stripVTControlCharacters } from 'node:util'
import type { JSONReport, JSONReportSpec, JSONReportSuite } from '@playwright/test/reporter'

export type Counts = { passed: number; failed: number; skipped: number }
/** What a layer found: counts, and each failure as its name and the first lines of why. */
export type Report = Counts & { failures: string[] }
export type LayerResult = Report & { name: string; seconds: number }

const LINES_OF_A_FAILURE = 12
const WITHOUT_A_NAME = 'ended badly without naming a test: see its output above'

/** `12 passed, 0 failed`, with what was skipped when something was. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

export function sumCounts(results: readonly Counts[]): Counts {
  const sum = (key: keyof Counts) => results.reduce((total, result) => total + result[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** What failed, layer by layer, for the end of a long log, where its reader looks first. */
export function formatFailures(results: readonly (Report & { name: string })[]): string {
  return results
    .flatMap(({ name, failed, failures }) => {
      const named = failed > 0 && failures.length === 0 ? [WITHOUT_A_NAME] : failures
      return named.map((failure) => `✗ ${name}: ${failure}`)
    })
    .join('\n')
}

/** One check that either holds or does not. */
export function countCheck(held: boolean): Report {
  return { passed: held ? 1 : 0, failed: held ? 0 : 1, skipped: 0, failures: [] }
}

/** Reads what `VitestReport` wrote. A run that ended badly without naming a failure still counts as one. */
export async function readVitestReport(file: string, exitCode: number): Promise<Report> {
  const report = await readJson<Report>(file)
  return countCrash(report ?? { passed: 0, failed: 0, skipped: 0, failures: [] }, exitCode)
}

/** Reads what Playwright's JSON reporter wrote. */
export async function readPlaywrightReport(file: string, exitCode: number): Promise<Report> {
  const report = await readJson<JSONReport>(file)
  const counts = {
    passed: report?.stats.expected ?? 0,
    failed: (report?.stats.unexpected ?? 0) + (report?.stats.flaky ?? 0),
    skipped: report?.stats.skipped ?? 0,
  }
  const failed = listSpecs(report?.suites ?? []).flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const messages = results.flatMap(({ errors }) => errors.map(({ message }) => message))
        return describeFailure(`${spec.file}:${spec.line} > ${spec.title}`, messages.join('\n'))
      }),
  )
  const errors = (report?.errors ?? []).map(({ message = '' }) => describeFailure('before any test', message))
  return countCrash({ ...counts, failures: [...failed, ...errors] }, exitCode)
}

function listSpecs(suites: readonly JSONReportSuite[]): JSONReportSpec[] {
  return suites.flatMap(({ specs, suites: inner = [] }) => [...specs, ...listSpecs(inner)])
}

/** The name of a failed test and the beginning of why, without colors: enough to know it again in a long log. */
export function describeFailure(name: string, message: string): string {
  const lines = stripVTControlCharacters(message).split('\n').slice(0, LINES_OF_A_FAILURE)
  return [name, ...lines].join('\n    ')
}

function countCrash(report: Report, exitCode: number): Report {
  return exitCode !== 0 && report.failed === 0 ? { ...report, failed: 1 } : report
}

async function readJson<Json>(file: string): Promise<Json | null> {
  return readFile(file, 'utf8').then(JSON.parse, () => null)
}
