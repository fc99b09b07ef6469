/**
 * Who asks for a change: a person's session, which the database checks, or the product itself (a job, a script), which
 * says what for. Never neither.
 */
export type Caller = { sessionId: string } | { internal: string }

/**
 * A key of the API, by the hash of its secret, and where it is used from: the address, and the site of the page if that
 * is not ours. The database checks all three.
 */
export type KeyUse = { hash: string; address: string | null; origin: string | null }

/** Who may spend credits: a caller, or a key of the API. */
export type Spender = Caller | { apiKey: KeyUse }

/** How the functions of the database take a caller. */
export function callerArgument(caller: Caller): { session_id: string } | { internal: string } {
  return 'sessionId' in caller ? { session_id: caller.sessionId } : { internal: caller.internal }
}

/** How those functions take it that a key of the API may call as well. */
export function spenderArgument(
  spender: Spender,
): ReturnType<typeof callerArgument> | { api_key: string; address: string | null; origin: string | null } {
  if (!('apiKey' in spender)) return callerArgument(spender)
  const { hash, address, origin } = spender.apiKey
  return { api_key: hash, address, origin }
}
