import { expect } from 'vitest'

export type Sent = { key: string | null; body?: object; headers?: Record<string, string> }

/** A request of a program: with its key, and a body as JSON. */
export function keyRequest(path: string, { key, body, headers }: Sent): Request {
  return new Request(`https://app.example${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...(body && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body && JSON.stringify(body),
  })
}

/** What a route with an id in its address is given beside the request. */
export const at = (id: string | number) => ({ params: Promise.resolve({ id: String(id) }) })

/** The problem details of an answer, which it must be. */
export async function readProblem(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const body = await response.json()
  expect(body).toMatchObject({
    type: 'about:blank',
    title: expect.any(String),
    status: response.status,
    detail: body.message,
    error: expect.any(String),
  })
  return body
}
