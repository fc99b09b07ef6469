import SqliteDatabase from 'better-sqlite3'
import { CreditsEngine } from 'credit-sdk'
import { KyselyAdapter } from 'credit-sdk/kysely'
import { createMigration } from 'credit-sdk/schema'
import { Kysely, SqliteDialect, sql } from 'kysely'

/** The application's own tables. The migration adds the balance and the tier to the organizations. */
const TABLES = `
create table if not exists organizations (id text primary key, name text not null);
create table if not exists members (
  id text primary key,
  email text not null unique,
  organization_id text not null references organizations (id)
);`

type Tables = {
  organizations: { id: string; name: string; membership_tier?: string | null }
  members: { id: string; email: string; organization_id: string }
  transactions: { user_id: string; amount: number }
}

/** Members act, and their organization pays. */
const mapping = {
  balances: { table: 'organizations', createdAt: null, updatedAt: null },
  users: { table: 'members', balanceId: 'organization_id' },
}

export function openWorkspace(path = ':memory:') {
  const database = new SqliteDatabase(path)
  database.pragma('foreign_keys = on')
  database.exec(TABLES)
  database.exec(createMigration({ dialect: 'sqlite', mapping, isExistingTable: true }).up)
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  const engine = new CreditsEngine({
    storage: new KyselyAdapter({ db, dialect: 'sqlite', mapping }),
    config: {
      costs: { report: { default: 10, team: 8 } },
      membership: { tiers: { team: 1 } },
    },
  })
  return { db, engine }
}

type Workspace = ReturnType<typeof openWorkspace>

/** What each member has spent of the balance of the organization, the most first. */
export async function spendingByMember({ db }: Workspace, organizationId: string) {
  return db
    .selectFrom('members')
    .leftJoin('transactions', (join) =>
      join.onRef('transactions.user_id', '=', 'members.id').on('transactions.amount', '<', 0),
    )
    .where('members.organization_id', '=', organizationId)
    .groupBy('members.email')
    .select(['members.email', sql<number>`coalesce(-sum(transactions.amount), 0)`.as('spent')])
    .orderBy('spent', 'desc')
    .execute()
}
