/**
 * Who asks for a change: a person's session, which the database checks, or the product itself (a job, a script), which
 * says what for. Never neither.
 */
export type Caller = { sessionId: string } | { internal: string }

/** How the functions of the database take a caller. */
export function callerArgument(caller: Caller): { session_id: string } | { internal: string } {
  return 'sessionId' in caller ? { session_id: caller.sessionId } : { internal: caller.internal }
}
