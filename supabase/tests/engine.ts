import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import { expect, vi } from 'vitest'
import { createDatabase } from './database.ts'

/** What a function of the engine answers. */
export type EngineResult = {
  ok: boolean
  code?: string
  message?: string
  transaction_id?: number
  balance?: number
  version?: number
  replayed?: boolean
  status?: string
}
type Wallet = { balance: number; total_purchased: number; total_used: number; version: number }

export type Engine = Awaited<ReturnType<typeof openEngine>>

/** A database of one's own, and up to `connections` real connections with the server's rights to call the engine on. */
export async function openEngine({ connections = 20 } = {}) {
  await using undo = new AsyncDisposableStack()
  const database = await createDatabase()
  undo.defer(database.drop)
  const connect = (url: string, options: postgres.Options<Record<string, never>> = {}) => {
    const client = postgres(url, { onnotice: () => {}, ...options })
    undo.defer(() => client.end())
    return client
  }
  const server = connect(database.ownerUrl, { max: connections, connection: { role: 'service_role' } })
  const owner = connect(database.ownerUrl, { max: 4 })

  /** Calls a function by the names of its arguments, on a connection of its own while others are busy. */
  async function call(name: string, args: Record<string, string | number | boolean | null | object>) {
    const names = Object.keys(args).map((argument, index) => `${argument} => $${index + 1}`)
    const [row] = await server.unsafe<{ answer: EngineResult }[]>(
      `select public.${name}(${names.join(', ')}) as answer`,
      Object.values(args),
    )
    return row?.answer ?? { ok: false }
  }

  /** Somebody with this balance and nothing else: the address is not confirmed, so there is no bonus. */
  async function createUser({ balance = 0 } = {}): Promise<string> {
    const id = randomUUID()
    await owner`insert into auth.users (id, email) values (${id}, ${`${id}@example.com`})`
    if (balance > 0) await call('add_credits', { p_user_id: id, p_amount: balance })
    return id
  }

  const running = undo.move()
  return {
    database,
    /** As the server: functions, and reading. */
    server,
    /** As the owner of the tables, past every policy. */
    owner,
    call,

    createUser,

    async createAdmin(): Promise<string> {
      const id = await createUser()
      await owner`insert into user_roles (user_id, role) values (${id}, 'admin')`
      return id
    },

    /** A session the user is signed in by. */
    async signIn(userId: string): Promise<string> {
      const id = randomUUID()
      await owner`insert into auth.sessions (id, user_id) values (${id}, ${userId})`
      return id
    },

    async wallet(userId: string): Promise<Wallet> {
      const [wallet] = await owner<Wallet[]>`
        select balance::int, total_purchased::int, total_used::int, version::int
        from credits where user_id = ${userId} and credit_type = 'general'`
      if (!wallet) throw new Error(`${userId} has no wallet.`)
      return wallet
    },

    /** The ledger of a user in its order, as `type amount`. */
    async ledger(userId: string): Promise<string[]> {
      const rows = await owner<{ type: string; amount: string }[]>`
        select type, amount from credit_transactions where user_id = ${userId} order by credit_type, seq`
      return rows.map(({ type, amount }) => `${type} ${amount}`)
    },

    /** Every invariant holds for everybody. */
    async expectSoundLedger() {
      expect([...(await owner`select * from verify_ledger()`)]).toEqual([])
    },

    /**
     * Runs `acts` at the same moment: the wallets and their holds are locked until every act stands before one, each on
     * its own connection, and then let go.
     */
    async atOnce<Result>(userId: string, acts: (() => Promise<Result>)[]): Promise<Result[]> {
      const released = Promise.withResolvers<void>()
      const locked = Promise.withResolvers<void>()
      const lock = owner.begin(async (sql) => {
        await sql`select from credits where user_id = ${userId} for no key update`
        await sql`select from credit_holds where user_id = ${userId} for no key update`
        locked.resolve()
        await released.promise
      })
      try {
        await Promise.race([locked.promise, lock])
        const results = Promise.all(acts.map((act) => act()))
        await Promise.race([
          results,
          vi.waitFor(() => expectWaiting(acts.length), { timeout: 15_000, interval: 20 }),
        ])
        released.resolve()
        return await results
      } finally {
        released.resolve()
        await lock
      }
    },

    close: () => running.disposeAsync(),
  }

  async function expectWaiting(count: number): Promise<void> {
    const [row] = await owner<{ waiting: number }[]>`
      select count(*)::int as waiting from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
    expect(row?.waiting, 'calls that wait').toBe(count)
  }
}

/** `count` times the same, each with its number. */
export function times<Result>(count: number, act: (index: number) => Result): (() => Result)[] {
  return Array.from({ length: count }, (_, index) => () => act(index))
}

/** How many answers there are of each kind: accepted, replayed, or the code of a refusal. */
export function tally(answers: EngineResult[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { ok, code = 'refused', replayed } of answers) {
    const kind = ok ? (replayed ? 'replayed' : 'done') : code
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
