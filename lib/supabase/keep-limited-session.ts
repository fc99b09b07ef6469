/**
 * `fetch` for clients of Auth. The library ends a session whose renewal meets a rate limit, and keeps one that meets an
 * outage: so it is told of the latter.
 */
export async function keepLimitedSession(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init)
  const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input)
  const isRenewal = pathname.endsWith('/auth/v1/token') && searchParams.get('grant_type') === 'refresh_token'
  return isRenewal && response.status === 429 ? new Response(null, { status: 503 }) : response
}
