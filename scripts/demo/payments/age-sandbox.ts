import { readFile, writeFile } from 'node:fs/promises'
import { moveTimestamps } from '../move-timestamps.ts'

/** Moves every timestamp that a sandbox has kept in `file` into the past, as the clock does with those of the database. */
export async function ageSandbox(file: string, milliseconds: number): Promise<void> {
  const kept = await readFile(file, 'utf8').catch(() => null)
  if (kept === null) return
  await writeFile(file, moveTimestamps(kept, milliseconds))
}
