import { createSecret } from '../../lib/api-keys/secret.ts'
import type { Engine } from './engine.ts'

type Values = Record<string, string | number | boolean | null | object>

/** A key as its owner has it once. */
export type TestKey = { id: number; secret: string; hash: string }

/** Somebody with a balance and keys of the API. */
export async function createKeyOwner(engine: Engine, balance: number) {
  const id = await engine.createUser({ balance })
  const session = await engine.signIn(id)
  const own = { p_user_id: id, p_caller: { session_id: session } }

  /** Asks for a key that runs every tool, but for what is changed. */
  async function ask(changes: Values = {}) {
    const { secret, prefix, hash } = createSecret()
    const args = { p_name: 'Nightly job', p_prefix: prefix, p_secret_hash: hash, p_scopes: ['tools:*'] }
    const answer = await engine.call('create_api_key', { ...own, ...args, ...changes })
    return { secret, hash, answer }
  }

  return {
    id,
    session,
    ask,

    /** A key that runs every tool, but for what is changed. */
    async createKey(changes: Values = {}): Promise<TestKey> {
      const { secret, hash, answer } = await ask(changes)
      if (!answer.ok) throw new Error(answer.message)
      const [row] = await engine.owner<{ id: number }[]>`
        select api_key_id::int as id from private.api_key_secrets where secret_hash = ${hash}`
      return { id: row?.id ?? 0, secret, hash }
    },

    /** Calls a function about a key, in the session of its owner. */
    change: (name: string, key: TestKey, args: Values = {}) =>
      engine.call(name, { ...own, p_api_key_id: key.id, ...args }),

    /** Starts a run of four credits. */
    spend: (hash: string, changes: Values = {}) =>
      engine.call('reserve_credits', {
        p_user_id: id,
        p_action: 'poem',
        p_prices: { default: 4 },
        p_hold_ms: 60_000,
        p_caller: { api_key: hash, address: '203.0.113.7' },
        ...changes,
      }),
  }
}

export type KeyOwner = Awaited<ReturnType<typeof createKeyOwner>>
