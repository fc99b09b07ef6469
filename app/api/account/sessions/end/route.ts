import { z } from 'zod'
import { endSessions } from '@/lib/auth/sessions'
import { refuseMethods } from '@/lib/http/refuse-methods'
import { jsonBody, userRoute } from '@/lib/http/routes'

const ending = z.strictObject({ sessionId: z.uuid().nullable() })

/** Ends a session of the caller's: `{ sessionId }`, null for all others, → `{ ended }`, how many. */
export const POST = userRoute(
  jsonBody(ending),
  ({ user, input: { sessionId } }) => endSessions(user, sessionId ?? undefined),
  { rate: 'end_session' },
)

export const { DELETE, GET, HEAD, OPTIONS, PATCH, PUT } = refuseMethods('POST')
