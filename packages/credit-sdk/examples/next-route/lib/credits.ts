import SqliteDatabase from 'better-sqlite3'
import { CreditsEngine } from 'credit-sdk'
import { KyselyAdapter } from 'credit-sdk/kysely'
import { createMigration } from 'credit-sdk/schema'
import { Kysely, SqliteDialect } from 'kysely'

type Tables = {
  users: { id: string; credits: number }
  sessions: { token: string; user_id: string }
  posts: { id: string; user_id: string; title: string }
}

/** The rest of the application. */
const TABLES = `
create table if not exists sessions (token text primary key, user_id text not null references users (id));
create table if not exists posts (id text primary key, user_id text not null references users (id), title text not null);`

function open() {
  const database = new SqliteDatabase(process.env.DATABASE_FILE ?? ':memory:')
  database.pragma('foreign_keys = on')
  database.exec(`${createMigration({ dialect: 'sqlite' }).up}${TABLES}`)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  const engine = new CreditsEngine({
    storage: new KyselyAdapter({ db, dialect: 'sqlite' }),
    config: { costs: { 'write-post': { default: 10 } } },
  })
  return { db, engine }
}

// One for the process: `next dev` loads this file again after each edit, and would open a pool each time.
const shared: typeof globalThis & { credits?: ReturnType<typeof open> } = globalThis
shared.credits ??= open()
export const { db, engine } = shared.credits

/** The user of a request, by the session in its cookie. */
export async function readUserId(request: Request): Promise<string | undefined> {
  const token = /(?:^|; )session=([^;]+)/.exec(request.headers.get('cookie') ?? '')?.[1] ?? ''
  const session = await db.selectFrom('sessions').selectAll().where('token', '=', token).executeTakeFirst()
  return session?.user_id
}
