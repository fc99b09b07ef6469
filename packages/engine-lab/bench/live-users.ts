import { createClient } from '@supabase/supabase-js'
import postgres from 'postgres'
import { WebSocket } from 'ws'
import type { LiveMode } from '../../../lib/env/live-mode.ts'
import type { StackEnv } from '../../dev-stack/stack.ts'

const CREDITS = 1_000_000
/** Realtime drops a socket that is silent for longer; supabase-js sends one as often. */
const HEARTBEAT_MS = 25_000
const HEARTBEAT = JSON.stringify([null, '0', 'phoenix', 'heartbeat', {}])
/** How many join at once. */
const JOINING = 50

/** What each socket of a user was told, and when. */
export type User = { id: string; arrivals: { version: number; at: number }[]; close(): void }

type Options = { env: StackEnv; mode: LiveMode; users: number; socketsEach: number }

/** Users with credits, each with many sockets that follow the wallet and speak the protocol of supabase-js. */
export async function openUsers({ env, mode, users, socketsEach }: Options): Promise<User[]> {
  const sql = postgres(env.DATABASE_URL, { max: 1, connection: { role: 'service_role' }, onnotice: () => {} })
  const opened: User[] = []
  for (let index = 0; index < users; index++) {
    const { id, token } = await createUser(env, index)
    await sql`select add_credits(${id}, ${CREDITS})`
    const arrivals: User['arrivals'] = []
    const sockets: WebSocket[] = []
    for (let from = 0; from < socketsEach; from += JOINING) {
      const count = Math.min(JOINING, socketsEach - from)
      const open = () =>
        openSocket(env, join(mode, id, token), (version) => arrivals.push({ version, at: performance.now() }))
      sockets.push(...(await Promise.all(Array.from({ length: count }, open))))
    }
    opened.push({ id, arrivals, close: () => sockets.forEach((socket) => void socket.terminate()) })
  }
  await sql.end()
  return opened
}

async function createUser(env: StackEnv, index: number): Promise<{ id: string; token: string }> {
  const options = { auth: { persistSession: false, autoRefreshToken: false } }
  const login = { email: `socket-${index}@example.com`, password: 'correct horse' }
  const server = createClient(env.NEXT_PUBLIC_SUPABASE_URL, env.SUPABASE_SECRET_KEY, options)
  const { data } = await server.auth.admin.createUser({ ...login, email_confirm: true })
  const browser = createClient(
    env.NEXT_PUBLIC_SUPABASE_URL,
    env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY,
    options,
  )
  const { data: signedIn } = await browser.auth.signInWithPassword(login)
  if (!data.user || !signedIn.session) throw new Error('The user could not be signed in.')
  return { id: data.user.id, token: signedIn.session.access_token }
}

/** The frame that joins, as `lib/supabase/live` has it sent. */
function join(mode: LiveMode, userId: string, token: string): string {
  const topic = mode === 'broadcast' ? `realtime:owner:${userId}` : `realtime:credits:${userId}`
  const target = { event: '*', schema: 'public', table: 'credits', filter: `user_id=eq.${userId}` }
  const config =
    mode === 'broadcast'
      ? { private: true, broadcast: { replication_ready: true }, postgres_changes: [] }
      : { postgres_changes: [target], postgres_changes_options: { wait: true } }
  return JSON.stringify(['1', '1', topic, 'phx_join', { config, access_token: token }])
}

/** Resolves once the channel stands. */
function openSocket(env: StackEnv, frame: string, onVersion: (version: number) => void): Promise<WebSocket> {
  const url = env.NEXT_PUBLIC_SUPABASE_URL.replace('http', 'ws')
  const socket = new WebSocket(
    `${url}/realtime/v1/websocket?apikey=${env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY}&vsn=2.0.0`,
    { perMessageDeflate: false },
  )
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('open', () => {
      socket.send(frame)
      const heartbeat = setInterval(() => socket.send(HEARTBEAT), HEARTBEAT_MS)
      socket.on('close', () => clearInterval(heartbeat))
    })
    socket.on('message', (data) => {
      const text = String(data)
      const [, version] = /"version":(\d+)/.exec(text) ?? []
      if (version) return onVersion(Number(version))
      if (!text.includes('phx_reply')) return
      if (text.includes('"status":"ok"')) resolve(socket)
      else reject(new Error(`A socket could not join: ${text}`))
    })
  })
}
