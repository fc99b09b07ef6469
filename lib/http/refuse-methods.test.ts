import { expect, test } from 'vitest'
import { everyMethod, refuseMethods } from './refuse-methods'

test('a method that a route does not have is a 405 in JSON that names those it has', async () => {
  const { DELETE, OPTIONS } = refuseMethods('GET', 'POST')
  const response = await DELETE()
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
  expect(await response.json()).toEqual({
    error: 'method_not_allowed',
    message: 'This route takes GET, HEAD, OPTIONS, POST.',
    allowed: ['GET', 'HEAD', 'OPTIONS', 'POST'],
  })
  const options = await OPTIONS()
  expect(options.status).toBe(204)
  expect(options.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
})

test('a route without a GET takes no HEAD either', async () => {
  expect((await refuseMethods('POST').HEAD()).headers.get('allow')).toBe('OPTIONS, POST')
})

test('a route of a few methods answers the others, too', async () => {
  const own = async () => new Response('own')
  const route = everyMethod({ GET: own })
  expect(await (await route.HEAD(new Request('http://localhost'))).text()).toBe('own')
  expect((await route.POST(new Request('http://localhost'))).headers.get('allow')).toBe('GET, HEAD, OPTIONS')
})
