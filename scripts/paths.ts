import { join } from 'node:path'

/** The checkout this file lies in. */
export const PROJECT_DIRECTORY = join(import.meta.dirname, '..')

/** Where the stack keeps everything it makes: data, keys and its environment file. Ignored by git. */
export const LOCAL_DIRECTORY = join(PROJECT_DIRECTORY, '.local')

/** The official Supabase layout: `migrations/*.sql` and `seed.sql`. */
export const SUPABASE_DIRECTORY = join(PROJECT_DIRECTORY, 'supabase')
export const MIGRATIONS_DIRECTORY = join(SUPABASE_DIRECTORY, 'migrations')
export const SEED_FILE = join(SUPABASE_DIRECTORY, 'seed.sql')
export const DATABASE_TYPES_FILE = join(PROJECT_DIRECTORY, 'lib/supabase/database.types.ts')
