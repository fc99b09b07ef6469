import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'

/** The password of `postgres`, as `supabase start` has it: the official CLI tries it on local databases. */
export const OWNER_PASSWORD = 'postgres'

const STACK_LOGINS = ['supabase_auth_admin', 'supabase_realtime_admin']

/** Gives a new cluster its roles, in one transaction; a cluster that has them is left alone. */
export async function prepareRoles(adminUrl: string, password: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    const [done] = await sql`select 1 from pg_roles where rolname = 'supabase_auth_admin'`
    if (done) return
    const roles = await readFile(join(import.meta.dirname, 'roles.sql'), 'utf8')
    await sql.begin(async (transaction) => {
      await transaction.unsafe(roles)
      await transaction.unsafe(`alter role postgres password '${OWNER_PASSWORD}'`)
      for (const role of STACK_LOGINS) await transaction.unsafe(`alter role ${role} password '${password}'`)
    })
  } finally {
    await sql.end()
  }
}
