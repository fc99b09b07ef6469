import { createServer, type IncomingHttpHeaders, request as send } from 'node:http'
import { findFreePort } from '../packages/dev-stack/ports.ts'
import { expect, test } from './fixtures.ts'
import { LoginPage } from './pages/index.ts'
import { NO_WORKER, startApp } from './support/start-app.ts'

type Headers = IncomingHttpHeaders

/** What proxies make of the host, by how they are set up. */
const PROXIES: [name: string, change: (headers: Headers, upstream: string, host: string) => Headers][] = [
  ['passes the host on', (headers) => headers],
  ['puts its own in place of the host', (headers, upstream) => ({ ...headers, host: upstream })],
  [
    'says the host in X-Forwarded-Host',
    (headers, upstream, host) => ({ ...headers, host: upstream, 'x-forwarded-host': host }),
  ],
  ['forgets the port of the host', (headers) => ({ ...headers, 'x-forwarded-host': 'app.localhost' })],
]

test.skip(Boolean(process.env.E2E_ENV_FILE), 'Another server is started on the stack of the tests.')

test('a connection is kept for longer than proxies keep theirs, so that none is closed as they use it', async ({
  request,
}) => {
  expect((await request.get('/api/health')).headers()['keep-alive']).toBe('timeout=75')
})

test('people sign in and out behind any proxy, at an APP_URL that the build did not know', async ({
  browser,
  user,
}) => {
  test.slow()
  await using undo = new AsyncDisposableStack()
  const [port, proxyPort] = [await findFreePort(0), await findFreePort(0)]
  const host = `app.localhost:${proxyPort}`
  const app = await startApp({
    port,
    url: `http://localhost:${port}`,
    env: { APP_URL: `http://${host}`, ...NO_WORKER },
  })
  undo.defer(app.stop)

  let change = PROXIES[0]?.[1]
  const proxy = createServer((incoming, outgoing) => {
    const headers = change?.({ ...incoming.headers }, `127.0.0.1:${port}`, host)
    const { url: path, method } = incoming
    const passed = send({ host: 'localhost', port, path, method, headers, setHost: false }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    passed.on('error', () => outgoing.destroy())
    incoming.pipe(passed)
  })
  await new Promise<void>((resolve) => proxy.listen(proxyPort, '127.0.0.1', resolve))
  undo.defer(() => {
    proxy.closeAllConnections()
    proxy.close()
  })

  for (const [name, headers] of PROXIES) {
    await test.step(name, async () => {
      change = headers
      const context = await browser.newContext({ baseURL: `http://${host}` })
      const page = await context.newPage()
      await page.goto('/dashboard')
      expect(page.url()).toBe(`http://${host}/login?next=%2Fdashboard`)
      await new LoginPage(page).signIn(user)
      await page.waitForURL(`http://${host}/dashboard`)
      const ask = () =>
        fetch('/api/example-protected', { method: 'POST', body: '{' }).then(({ status }) => status)
      // Neither 401 nor 403: only what it sends is wrong.
      expect(await page.evaluate(ask)).toBe(415)
      await context.close()
    })
  }
})
