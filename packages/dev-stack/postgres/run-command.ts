import { spawn } from 'node:child_process'

/** `code` is the exit code, or -1 when the program could not be run; `output` is all it printed. */
export type CommandResult = { code: number; output: string }

/** How long after its end a program's last words may take to arrive, in ms. */
const LAST_WORDS_MS = 250

type Options = { cwd?: string; uid?: number | undefined; gid?: number | undefined }

/** Runs a program to its end. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: Options = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.once('error', (error) => resolve({ code: -1, output: error.message }))
    child.once('exit', (code) => {
      // A server that the program leaves behind may hold the pipes open for ever.
      const timeout = setTimeout(finish, LAST_WORDS_MS)
      child.once('close', finish)
      function finish() {
        clearTimeout(timeout)
        resolve({ code: code ?? -1, output: output.trim() })
      }
    })
  })
}
