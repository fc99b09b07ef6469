import type { Database } from './database.ts'
import { Refusal } from './refusal.ts'
import type { Viewer } from './viewer.ts'

type Permission = { read: boolean; write: boolean }

/** What somebody may do on a channel. */
export type Policies = { broadcast: Permission; presence: Permission }

const ALL: Permission = { read: true, write: true }

/** Of a public channel: whoever has an API key may do everything. */
export const PUBLIC_POLICIES: Policies = { broadcast: ALL, presence: ALL }

/** What `viewer` may do on the private channel `name`. @throws when the database refuses or a policy fails */
export async function readPolicies(database: Database, viewer: Viewer, name: string): Promise<Policies> {
  const [row] = await database.query<{ policies: Policies }>(
    'select pg_temp.read_policies($1, $2) as policies',
    [name, viewer.claims],
  )
  if (!row) throw new Error('The database did not tell the policies of a channel.')
  return row.policies
}

/** The same, for who wants to hear something. @throws Refusal when there is nothing they may read */
export async function readPoliciesToJoin(
  database: Database,
  viewer: Viewer,
  name: string,
): Promise<Policies> {
  const policies = await readPolicies(database, viewer, name).catch((error: unknown) => {
    throw isSqlError(error) ? unauthorized(name) : error
  })
  if (policies.broadcast.read || policies.presence.read) return policies
  throw unauthorized(name)
}

function unauthorized(name: string): Refusal {
  return new Refusal('Unauthorized', `You do not have permissions to read from this Channel topic: ${name}`)
}

/** An error that SQL raised, in somebody's policy say: a lost connection has another kind of code. */
function isSqlError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(?!08|57|53)[0-9A-Z]{5}$/.test(String(error.code))
}
