import { readEnvFile } from '../../packages/dev-stack/env-file.ts'
import { type Env, readUserEnv } from '../user-env.ts'

export type SyncEnvironment = {
  supabaseUrl: string
  supabaseKey: string
  /** All of it, with the keys of the payment providers. */
  variables: Env
}

/**
 * What the app would be started with: the environment and the `.env` files of production, or, where no Supabase is
 * named, what the stack that runs here has written down.
 * @throws with a sentence when something is missing
 */
export async function readSyncEnvironment(project: string, local: string): Promise<SyncEnvironment> {
  const own = readUserEnv(project, 'production')
  const env: Env = own.NEXT_PUBLIC_SUPABASE_URL ? own : await readEnvFile(local)
  if (!env.NEXT_PUBLIC_SUPABASE_URL) {
    throw new Error(
      'There is nothing to read packages from. Start the product with npm run dev and run this beside it, or set NEXT_PUBLIC_SUPABASE_URL and the other variables of .env.example for your own project.',
    )
  }
  return {
    supabaseUrl: env.NEXT_PUBLIC_SUPABASE_URL,
    supabaseKey: need(env, 'SUPABASE_SECRET_KEY'),
    variables: env,
  }
}

function need(env: Env, name: string): string {
  const value = env[name]
  if (value) return value
  throw new Error(`${name} is not set. See .env.example for where to find it.`)
}
