import {
  createClient,
  type RealtimeChannel,
  type RealtimePostgresChangesPayload,
  type SupabaseClient,
} from '@supabase/supabase-js'
import postgres from 'postgres'
import { vi } from 'vitest'
import { createTokens } from '../api/tokens.ts'
import { serveHttp } from '../http-server.ts'
import { startPostgres } from '../postgres/index.ts'
import { makeTemporaryDirectory } from '../temporary-directory.ts'
import { startRealtime } from './index.ts'

const PUBLISHABLE_KEY = 'sb_publishable_test'
export const SECRET_KEY = 'sb_secret_test'
export const ANN = 'aaaaaaaa-0000-4000-8000-000000000001'
export const BEN = 'bbbbbbbb-0000-4000-8000-000000000002'

const SCHEMA = `
  create table public.wallets (
    user_id uuid, kind text default 'general', balance bigint default 0, secret text,
    primary key (user_id, kind)
  );
  alter table public.wallets enable row level security;
  create policy own on public.wallets for select to authenticated
    using (user_id = (current_setting('request.jwt.claims', true)::jsonb ->> 'sub')::uuid);
  grant select (user_id, kind, balance) on public.wallets to authenticated;
  grant select on public.wallets to service_role;

  create type public.mood as enum ('calm', 'busy');
  create table public.notes (
    id bigint primary key, body text, price numeric(10,2), done boolean, tags text[],
    meta jsonb, mood public.mood, at timestamptz
  );
  grant select on public.notes to anon, authenticated;

  create table public.keyless (body text);
  create table public.hidden (id int primary key);
  grant select on public.keyless to authenticated;
  alter publication supabase_realtime add table public.wallets, public.notes, public.keyless;`

type Row = Record<string, unknown>
type Change = RealtimePostgresChangesPayload<Row>
type Statuses = { seen: string[]; errors: string[] }

/** Resolves once `condition` holds; fails with its last error after 15 s. */
export function eventually(condition: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(condition, { timeout: 15_000, interval: 5 })
}

/** A Postgres, a Realtime before it, and supabase-js clients; all gone after `close`. */
export async function startFixture(options: { silenceLimit?: number; privateOnly?: boolean } = {}) {
  const { path: directory, remove } = await makeTemporaryDirectory()
  const settings = { fsync: 'off' }
  let server = await startPostgres({ directory, port: 0, settings })
  const { port: postgresPort } = server
  const sql = postgres(server.ownerUrl, { max: 2, onnotice: () => {} })
  const admin = postgres(server.adminUrl, { max: 1, onnotice: () => {} })
  await sql.unsafe(SCHEMA)
  const tokens = await createTokens(directory)
  const realtime = await startRealtime({
    ...options,
    replicationUrl: server.realtimeUrl,
    publication: 'supabase_realtime',
    logger: { debug() {}, warn() {} },
    verify: tokens.verify,
    publishableKey: PUBLISHABLE_KEY,
    secretKey: SECRET_KEY,
  })
  const http = await serveHttp({ port: 0, fetch: realtime.fetch, upgrade: realtime.handleUpgrade })
  const socketUrl = `${http.url.replace('http', 'ws')}/realtime/v1/websocket`
  const clients: SupabaseClient[] = []

  /** A token for a user that lives `seconds`; below zero it has expired. */
  function token(userId: string, { seconds = 3600, role = 'authenticated' } = {}): Promise<string> {
    return tokens.sign({ sub: userId, role, exp: Date.now() / 1000 + seconds })
  }

  /** An unmodified client. `readToken` is asked at every join, as supabase-js asks for its session. */
  async function connect(readToken: string | (() => Promise<string>), vsn = '2.0.0', key = PUBLISHABLE_KEY) {
    const client = createClient(http.url, key, {
      accessToken: typeof readToken === 'string' ? async () => readToken : readToken,
      realtime: { vsn, reconnectAfterMs: () => 20 },
    })
    clients.push(client)
    await client.realtime.setAuth()
    return client
  }

  return {
    sql,
    admin,
    realtime,
    token,
    connect,
    socketUrl: (key = PUBLISHABLE_KEY) => `${socketUrl}?apikey=${key}&vsn=2.0.0`,
    userClient: async (userId: string, vsn?: string) => connect(await token(userId), vsn),
    async restartPostgres() {
      await server.stop()
      server = await startPostgres({ directory, port: postgresPort, settings })
    },
    async close() {
      await Promise.all(clients.map((client) => client.realtime.disconnect()))
      await realtime.close()
      await Promise.all([http.close(), sql.end(), admin.end()])
      await server.stop()
      await remove()
    },
  }
}

export type Fixture = Awaited<ReturnType<typeof startFixture>>
type Following = {
  event?: 'INSERT' | 'UPDATE' | 'DELETE'
  table?: string
  filter?: string
  select?: string[]
}

/** Follows a table (wallets by default) and records what arrives. Resolves once subscribed. */
export async function follow(client: SupabaseClient, following?: Following, topic?: string) {
  const followed = await tryToFollow(client, following, topic)
  if (followed.statuses.seen[0] !== 'SUBSCRIBED') throw new Error(followed.statuses.errors[0])
  return followed
}

/** Like `follow`, but resolves with whatever status comes first. */
export async function tryToFollow(client: SupabaseClient, following: Following = {}, topic = 'test') {
  const changes: Change[] = []
  const statuses: Statuses = { seen: [], errors: [] }
  const target = { event: '*', schema: 'public', table: 'wallets', ...following }
  const channel: RealtimeChannel = client
    .channel(topic, { config: { postgres_changes_options: { wait: true } } })
    // @ts-expect-error: the overloads want a literal event; any of them will do here
    .on('postgres_changes', target, (change: Change) => changes.push(change))
  const settled = Promise.withResolvers<void>()
  channel.subscribe((status, error) => {
    statuses.seen.push(status)
    if (error) statuses.errors.push(error.message)
    settled.resolve()
  })
  await settled.promise
  return { channel, changes, statuses }
}
