import SqliteDatabase from 'better-sqlite3'
import { CreditsEngine } from 'credit-sdk'
import { KyselyAdapter } from 'credit-sdk/kysely'
import { createMigration } from 'credit-sdk/schema'
import { Kysely, SqliteDialect } from 'kysely'
import type { Services } from './app.ts'

type Tables = { users: { id: string; credits: number }; sessions: { token: string; user_id: string } }

/** A database with users and sessions, and the engine on it. */
export function openServices(path = ':memory:') {
  const database = new SqliteDatabase(path)
  database.pragma('foreign_keys = on')
  database.exec(createMigration({ dialect: 'sqlite' }).up)
  database.exec('create table if not exists sessions (token text primary key, user_id text not null)')
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  const storage = new KyselyAdapter({ db, dialect: 'sqlite' })
  const engine = new CreditsEngine({
    storage,
    config: { costs: { summarize: { default: '{token} * 0.01 + 1' } } },
  })
  const readUserId: Services['readUserId'] = async (request) => {
    const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? ''
    const session = await db.selectFrom('sessions').selectAll().where('token', '=', token).executeTakeFirst()
    return session?.user_id ?? null
  }
  /** The first sentence. */
  const summarize: Services['summarize'] = async (text) => {
    const [sentence = ''] = text.trim().split(/(?<=[.!?])\s/)
    if (!sentence) throw new Error('There is nothing to summarize.')
    return sentence
  }
  return { db, engine, storage, readUserId, summarize }
}
