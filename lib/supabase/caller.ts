/**
 * Who asks for a change: a person's session, which the database checks, or the product itself (a job, a script), which
 * says what for. Never neither.
 */
export type Caller = { sessionId: string } | { internal: string }

/** Who may spend credits: a caller, or a key of the API, which the database checks with the address it is used from. */
export type Spender = Caller | { apiKey: { hash: string; address: string | null } }

/** How the functions of the database take a caller. */
export function callerArgument(caller: Caller): { session_id: string } | { internal: string } {
  return 'sessionId' in caller ? { session_id: caller.sessionId } : { internal: caller.internal }
}

/** How those functions take it that a key of the API may call as well. */
export function spenderArgument(
  spender: Spender,
): ReturnType<typeof callerArgument> | { api_key: string; address: string | null } {
  if (!('apiKey' in spender)) return callerArgument(spender)
  return { api_key: spender.apiKey.hash, address: spender.apiKey.address }
}
