import { readFile } from 'node:fs/promises'

export type Counts = { passed: number; failed: number; skipped: number }
export type LayerResult = Counts & { name: string; seconds: number }

/** `12 passed, 0 failed`, with what was skipped when something was. */
export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

export function sumCounts(results: readonly Counts[]): Counts {
  const sum = (key: keyof Counts) => results.reduce((total, result) => total + result[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** One check that either holds or does not. */
export function countCheck(held: boolean): Counts {
  return { passed: held ? 1 : 0, failed: held ? 0 : 1, skipped: 0 }
}

/** Reads what Vitest's JSON reporter wrote. A run that ended badly without a failed test still counts as one. */
export async function readVitestCounts(file: string, exitCode: number): Promise<Counts> {
  const report: { numPassedTests: number; numFailedTests: number; numPendingTests: number } | null =
    await readJson(file)
  const counts = {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: report?.numPendingTests ?? 0,
  }
  return countCrash(counts, exitCode)
}

/** Reads what Playwright's JSON reporter wrote. */
export async function readPlaywrightCounts(file: string, exitCode: number): Promise<Counts> {
  const report: { stats: { expected: number; unexpected: number; flaky: number; skipped: number } } | null =
    await readJson(file)
  const counts = {
    passed: report?.stats.expected ?? 0,
    failed: (report?.stats.unexpected ?? 0) + (report?.stats.flaky ?? 0),
    skipped: report?.stats.skipped ?? 0,
  }
  return countCrash(counts, exitCode)
}

function countCrash(counts: Counts, exitCode: number): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

async function readJson(file: string) {
  return readFile(file, 'utf8').then(JSON.parse, () => null)
}
