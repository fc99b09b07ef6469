import { keepLimitedSession } from './keep-limited-session'

/**
 * `fetch` for a browser's client. Of a renewed session it leaves out at what time it ends, so that the library counts from
 * now how long it lasts: on a device whose clock is hours ahead, the server's time would be over at once, and the session
 * be renewed at every look.
 */
export async function countFromNow(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await keepLimitedSession(input, init)
  const url = new URL(input instanceof Request ? input.url : input)
  if (!response.ok || !url.pathname.endsWith('/auth/v1/token')) return response
  const { expires_at: _, ...session } = await response.json()
  return Response.json(session, { status: response.status })
}
