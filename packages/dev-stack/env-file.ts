import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/** Where other tools read how to reach the running stack. */
export function envFileOf(directory: string): string {
  return join(directory, 'env')
}

/** Writes dotenv form in one step: a reader sees the whole file or none. It holds keys: only its owner may read it. */
export async function writeEnvFile(directory: string, env: Record<string, string>): Promise<void> {
  const file = envFileOf(directory)
  const lines = Object.entries(env).map(([name, value]) => `${name}=${quote(value)}\n`)
  await writeFile(`${file}.tmp`, lines.join(''), { mode: 0o600 })
  await rename(`${file}.tmp`, file)
}

/** What the running stack wrote; nothing when none runs. */
export async function readEnvFile(directory: string): Promise<NodeJS.Dict<string>> {
  return parseEnv(await readFile(envFileOf(directory), 'utf8').catch(() => ''))
}

export async function removeEnvFile(directory: string): Promise<void> {
  await rm(envFileOf(directory), { force: true })
}

/** Quotes only what a shell or a dotenv parser would misread. */
function quote(value: string): string {
  return /^[\w@%+=:,./-]*$/.test(value) ? value : `'${value}'`
}
