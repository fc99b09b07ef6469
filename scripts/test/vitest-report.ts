import { writeFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestModule } from 'vitest/node'
import { PROJECT_DIRECTORY } from '../paths.ts'
import { describeFailure, type Report } from './results.ts'

/**
 * Writes what a run of Vitest found into the file `VITEST_REPORT_FILE`. Unlike the reporters it comes with, it names
 * what fails around tests as well: hooks, files that cannot be read, and errors nobody waited for.
 */
export default class VitestReport implements Reporter {
  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
  ): Promise<void> {
    const file = process.env.VITEST_REPORT_FILE
    if (!file) throw new Error('VITEST_REPORT_FILE says where the report is to be written.')
    const tests = modules.flatMap(({ children }) => [...children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const failures = [...modules.flatMap(listFailures), ...unhandledErrors.map(describeUnhandled)]
    const report: Report = {
      passed: count('passed'),
      failed: failures.length,
      skipped: count('skipped') + count('pending'),
      failures,
    }
    await writeFile(file, JSON.stringify(report))
  }
}

/** Vitest notes the file that was running, which need not be where an error comes from. */
function describeUnhandled({ VITEST_TEST_PATH: path, stack, message }: SerializedError): string {
  const during = typeof path === 'string' ? ` during ${relative(PROJECT_DIRECTORY, path)}` : ''
  return describeFailure(`outside of any test${during}`, stack || message)
}

function listFailures(module: TestModule): string[] {
  const { children, relativeModuleId: path } = module
  const suites = [...children.allSuites()].map((suite) => ({
    name: `${path} > before or after "${suite.fullName}"`,
    errors: suite.errors(),
  }))
  const tests = [...children.allTests()]
    .filter((test) => test.result().state === 'failed')
    .map((test) => ({ name: `${path} > ${test.fullName}`, errors: test.result().errors ?? [] }))
  return [
    ...[{ name: path, errors: module.errors() }, ...suites].filter(({ errors }) => errors.length > 0),
    ...tests,
  ].map(({ name, errors }) => describeFailure(name, errors.map(({ message }) => message).join('\n')))
}
