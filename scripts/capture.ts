import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { PROJECT_DIRECTORY } from './paths.ts'

const BIN = join(PROJECT_DIRECTORY, 'node_modules/.bin')

/** Runs a program of this project and gives what it prints. @throws with its own words when it fails */
export async function capture(program: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(join(BIN, program), args, {
    cwd: PROJECT_DIRECTORY,
    // Without the second one the type generator writes a remark about missing TLS into its output.
    env: { ...process.env, DO_NOT_TRACK: '1', PGSSLMODE: 'disable' },
    shell: process.platform === 'win32',
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  child.stdin.end(input)
  const [output, complaints, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0) throw new Error(`${program} failed:\n${complaints || output}`)
  return output
}
