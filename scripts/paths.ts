import { join } from 'node:path'

/** The checkout this file lies in. */
export const PROJECT_DIRECTORY = join(import.meta.dirname, '..')

/** Where the stack keeps everything it makes: data, keys and its environment file. Ignored by git. */
export const LOCAL_DIRECTORY = join(PROJECT_DIRECTORY, '.local')

/** The same for the demo, which is made anew each time. Ignored by git. */
export const DEMO_DIRECTORY = join(PROJECT_DIRECTORY, '.local-demo')

/** The official Supabase layout: `schemas/*.sql`, `migrations/*.sql` and `seed.sql`. */
export const SUPABASE_DIRECTORY = join(PROJECT_DIRECTORY, 'supabase')
export const SCHEMAS_DIRECTORY = join(SUPABASE_DIRECTORY, 'schemas')
export const MIGRATIONS_DIRECTORY = join(SUPABASE_DIRECTORY, 'migrations')
/** The checksums of the migrations that were released. */
export const RELEASED_FILE = join(SUPABASE_DIRECTORY, 'released.json')
export const CHANGELOG_FILE = join(PROJECT_DIRECTORY, 'CHANGELOG.md')
export const SEED_FILE = join(SUPABASE_DIRECTORY, 'seed.sql')
export const DATABASE_TYPES_FILE = join(PROJECT_DIRECTORY, 'lib/supabase/database.types.ts')
