import { request } from 'node:http'

type Call = { cookie: string; origin?: string; body?: object }

/**
 * How long a request takes to its last byte, over a connection of its own, in ms; a POST when there is a body.
 * @throws for any status but 200
 */
export function timeOf(url: string, { cookie, origin, body }: Call): Promise<number> {
  const start = performance.now()
  const headers = {
    cookie,
    ...(origin && { origin }),
    ...(body && { 'content-type': 'application/json' }),
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, method: body ? 'POST' : 'GET', headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`))
      response.resume().on('end', () => resolve(performance.now() - start))
    })
    sent.on('error', reject)
    sent.end(body && JSON.stringify(body))
  })
}
