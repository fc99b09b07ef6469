import { spawn } from 'node:child_process'

/** `code` is the exit code, or -1 when the program could not be run; `output` is all it printed. */
export type CommandResult = { code: number; output: string }

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
    // Not 'close': a server that the program leaves behind may hold the pipes open for ever.
    child.once('exit', (code) => setImmediate(() => resolve({ code: code ?? -1, output: output.trim() })))
  })
}
