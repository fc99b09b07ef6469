const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Content-Range, Content-Location, Preference-Applied, X-Total-Count, Link, X-Sb-Error-Code',
}

/** The answer of Auth, the Data API and Realtime while there is no database: each client finds its own words in it. */
export function databaseGone(): Response {
  const message = 'The embedded Postgres has ended: see the terminal that runs the stack.'
  const code = 'database_unavailable'
  return withCors(json(503, { code, error_code: code, message, msg: message, details: null, hint: null }))
}

/** A JSON response. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers })
}

/** The same response, readable by pages of any origin. */
export function withCors(response: Response): Response {
  const headers = new Headers(response.headers)
  for (const [name, value] of Object.entries(CORS_HEADERS)) headers.set(name, value)
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers })
}

/** The same response as an answer to HEAD. */
export function withoutBody({ status, headers }: Response): Response {
  const kept = new Headers(headers)
  kept.delete('content-length')
  return new Response(null, { status, headers: kept })
}

/** Answers a browser's question whether it may send `request`: it may. */
export function preflight(request: Request): Response {
  return new Response(null, {
    status: 204,
    headers: {
      ...CORS_HEADERS,
      'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD',
      'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '*',
      'access-control-max-age': '86400',
    },
  })
}

/** A copy of `request` with another Authorization header, or none. The original can still be read. */
export async function reauthorize(request: Request, authorization?: string): Promise<Request> {
  const headers = new Headers(request.headers)
  headers.delete('authorization')
  if (authorization) headers.set('authorization', authorization)
  const body = request.body ? await request.clone().arrayBuffer() : null
  return new Request(request.url, { method: request.method, headers, body })
}
