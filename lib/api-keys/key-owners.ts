import 'server-only'
import type { KeyUser } from './api-key-call'

type Owner = Omit<KeyUser, 'apiKey'>

const MAX_AGE_MS = 60_000
const MAX_OWNERS = 5_000

const owners = new Map<string, { owner: Owner; readAt: number }>()

/**
 * The owner of a key that was asked for within the minute. A key never changes hands, so this saves a round trip to the
 * database where that checks the key itself, with the charge. It says nothing about whether the key is still good.
 */
export function recallOwner(hash: string): Owner | undefined {
  const known = owners.get(hash)
  return known && Date.now() - known.readAt < MAX_AGE_MS ? known.owner : undefined
}

/** Keeps the owner of a key for {@link recallOwner}. */
export function rememberOwner(hash: string, owner: Owner): void {
  owners.delete(hash)
  owners.set(hash, { owner, readAt: Date.now() })
  const [oldest] = owners.keys()
  if (owners.size > MAX_OWNERS && oldest) owners.delete(oldest)
}
