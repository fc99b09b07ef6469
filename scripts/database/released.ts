import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const checksums = z.record(z.string(), z.string())

type Paths = { migrations: string; changelog: string; checksums: string }

/**
 * Holds the migrations against what was released. One is released when the changelog names its version; from then on
 * its checksum is kept, and neither it nor its checksum may change or go.
 * @returns a sentence for each rule that is broken
 */
export async function checkReleased(paths: Paths): Promise<string[]> {
  const [kept, found, released] = await readAll(paths)
  const problems: string[] = []
  for (const [file, checksum] of Object.entries(kept)) {
    if (!found[file]) problems.push(`${file} was released and is gone.`)
    else if (found[file] !== checksum)
      problems.push(`${file} was released and has changed. Undo that, and write a new migration.`)
  }
  for (const file of Object.keys(found)) {
    const [version = ''] = file.split('_')
    if (!isTimestamp(version)) problems.push(`${file} does not begin with a timestamp (YYYYMMDDHHMMSS).`)
    if (released(version) && !kept[file])
      problems.push(`${file} is released: keep its checksum with npm run db:release.`)
  }
  return problems
}

/** Keeps the checksums of newly released migrations. Those that are kept stay. */
export async function keepReleased(paths: Paths): Promise<void> {
  const [kept, found, released] = await readAll(paths)
  const news = Object.entries(found).filter(([file]) => released(file.split('_')[0] ?? ''))
  const all = { ...Object.fromEntries(news), ...kept }
  await writeFile(paths.checksums, `${JSON.stringify(all, null, 2)}\n`)
}

async function readAll({ migrations, changelog, checksums: file }: Paths) {
  const kept = checksums.parse(JSON.parse(await readFile(file, 'utf8')))
  const text = await readFile(changelog, 'utf8')
  const files = (await readdir(migrations)).filter((name) => name.endsWith('.sql')).sort()
  const found: Record<string, string> = {}
  for (const name of files) {
    const content = await readFile(join(migrations, name))
    found[name] = createHash('sha256').update(content).digest('hex')
  }
  return [kept, found, (version: string) => text.includes(version)] as const
}

function isTimestamp(version: string): boolean {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(version) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const time = Date.parse(iso)
  return !Number.isNaN(time) && new Date(time).toISOString() === iso
}
