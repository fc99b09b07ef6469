import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'

/** The password of `postgres`, as `supabase start` has it: the official CLI tries it on local databases. */
export const OWNER_PASSWORD = 'postgres'

/**
 * The owner may alter these, as on the hosted service: `alter role authenticated set statement_timeout = '3s'`.
 * `authenticator` is whom PostgREST logs in as there; here nobody does.
 */
const ALTERABLE_ROLES = `
  do $$ begin
    if to_regrole('authenticator') is null then
      create role authenticator nologin noinherit;
      grant anon, authenticated, service_role to authenticator;
    end if;
  end $$;
  grant anon, authenticated, service_role, authenticator to postgres with admin option;`

const STACK_LOGINS = ['supabase_auth_admin', 'supabase_realtime_admin']

/**
 * Gives a new cluster its roles and the schema of Realtime, in one transaction. One that has them is left alone, and
 * one made by an older version gets what it lacks.
 */
export async function prepareRoles(adminUrl: string, password: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    const [found] = await sql<{ roles: boolean; realtime: boolean }[]>`
      select
        to_regrole('supabase_auth_admin') is not null as roles,
        to_regclass('realtime.messages') is not null as realtime`
    await sql.begin(async (transaction) => {
      if (!found?.roles) {
        await transaction.unsafe(await readScript('roles.sql'))
        await transaction.unsafe(`alter role postgres password '${OWNER_PASSWORD}'`)
        for (const role of STACK_LOGINS) await transaction.unsafe(`alter role ${role} password '${password}'`)
      }
      await transaction.unsafe(ALTERABLE_ROLES)
      if (!found?.realtime) await transaction.unsafe(await readScript('realtime-schema.sql'))
    })
  } finally {
    await sql.end()
  }
}

function readScript(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, name), 'utf8')
}
