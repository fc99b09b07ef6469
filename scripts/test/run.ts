import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { PROJECT_DIRECTORY } from '../paths.ts'

const BINARIES = join(PROJECT_DIRECTORY, 'node_modules/.bin')

/** Runs a program of this project (or of the system) with its output shown, and gives its exit code. */
export function run(
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: PROJECT_DIRECTORY,
      stdio: 'inherit',
      // On Windows the programs of npm are scripts, which only a shell starts.
      shell: process.platform === 'win32',
      env: {
        ...process.env,
        PATH: `${BINARIES}${delimiter}${process.env.PATH}`,
        NEXT_TELEMETRY_DISABLED: '1',
        ...env,
      },
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
