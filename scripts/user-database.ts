import { readEnvFile } from '../packages/dev-stack/env-file.ts'
import { type Env, readUserEnv } from './user-env.ts'

/** Where the database of the user is, and the variables it is named in. */
export type UserDatabase = { url: string; secretKey: string; env: Env }

/**
 * The database the app would be started with: of the environment and the `.env` files of production, or, where no Supabase
 * is named, of what the stack that runs here has written down.
 * @throws with a sentence when something is missing
 */
export async function readUserDatabase(project: string, local: string): Promise<UserDatabase> {
  const own = readUserEnv(project, 'production')
  const env: Env = own.NEXT_PUBLIC_SUPABASE_URL ? own : await readEnvFile(local)
  if (!env.NEXT_PUBLIC_SUPABASE_URL) {
    throw new Error(
      'No database is named. Start the product with npm run dev and run this beside it, or set NEXT_PUBLIC_SUPABASE_URL and the other variables of .env.example for your own project.',
    )
  }
  return { url: env.NEXT_PUBLIC_SUPABASE_URL, secretKey: needVariable(env, 'SUPABASE_SECRET_KEY'), env }
}

function needVariable(env: Env, name: string): string {
  const value = env[name]
  if (value) return value
  throw new Error(`${name} is not set. See .env.example for where to find it.`)
}
