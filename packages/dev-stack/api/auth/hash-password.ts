import { hash } from 'bcryptjs'

const COST = 10

/** Hashes as the engine does, at its cost: the variable is `@supabase/lite`'s own, for tests that sign many in. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, Number(process.env.LITE_AUTH_BCRYPT_COST) || COST)
}
