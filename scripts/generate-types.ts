import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { PROJECT_DIRECTORY } from './paths.ts'

const BIN = join(PROJECT_DIRECTORY, 'node_modules/.bin')

/**
 * The TypeScript of a database's public schema, as `lib/supabase/database.types.ts` holds it.
 * @throws with the generator's own words when it fails.
 */
export async function generateTypes(databaseUrl: string): Promise<string> {
  const source = await pipe('supabase', ['gen', 'types', '--schema', 'public', `--remote=${databaseUrl}`])
  // The name only tells the language: Biome leaves generated files alone under their own.
  return await pipe('biome', ['format', '--stdin-file-path=lib/supabase/generated.ts'], source)
}

async function pipe(program: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(join(BIN, program), args, {
    cwd: PROJECT_DIRECTORY,
    // Without the second one the generator writes a remark about missing TLS into its output.
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
