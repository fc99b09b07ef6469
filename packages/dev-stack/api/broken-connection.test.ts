import { connect, createServer, type Socket } from 'node:net'
import { sql } from 'kysely'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { findFreePort } from '../ports.ts'
import { createTestDatabase } from '../testing.ts'
import { ApiConnection } from './data/connection.ts'

/** The Data API's connections, by way of a proxy that can end all of them at once, as a killed Postgres does. */
async function openThroughProxy() {
  const database = await createTestDatabase(inject('testServer'))
  onTestFinished(database.drop)
  const { hostname, port } = new URL(database.apiUrl)
  const sockets = new Set<Socket>()
  const proxy = createServer((socket) => {
    const server = connect(Number(port), hostname).on('error', () => {})
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => server.destroy())
    socket.pipe(server).pipe(socket)
  })
  const proxyPort = await findFreePort(0)
  const open = () => proxy.listen(proxyPort, hostname)
  open()
  onTestFinished(() => void proxy.close())
  const url = Object.assign(new URL(database.apiUrl), { port: String(proxyPort) })
  const connection = await ApiConnection.open(url.href, ['public'])
  onTestFinished(() => connection.close())
  const cut = () => {
    for (const socket of sockets) socket.end()
  }
  return { connection, cut, open, close: () => proxy.close() }
}

const sleep = sql`select pg_sleep(60)`

test.each([
  ['a query', ({ kysely }: ApiConnection) => sleep.execute(kysely)],
  ['a transaction', ({ kysely }: ApiConnection) => kysely.transaction().execute((it) => sleep.execute(it))],
])('%s whose connection breaks is refused, and the next one gets another', async (_, run) => {
  const { connection, cut } = await openThroughProxy()
  const refused = expect(run(connection)).rejects.toThrow('CONNECTION_CLOSED')
  const sleeping = () => connection.driver`select from pg_stat_activity where wait_event = 'PgSleep'`
  await expect.poll(sleeping).not.toHaveLength(0)
  cut()
  await refused
  // Others that were cut may not have been noticed yet.
  const answer = await vi.waitFor(() => connection.driver`select 1 as one`)
  expect(answer).toEqual([{ one: 1 }])
})

test('a reading of the schema that fails is no end of it', async () => {
  const terminal = vi.spyOn(console, 'error').mockImplementation(() => {})
  onTestFinished(() => terminal.mockRestore())
  const { connection, cut, open, close } = await openThroughProxy()
  close()
  cut()
  await expect(connection.introspect()).rejects.toThrow('ECONNREFUSED')
  open()
  const readAgain = () => connection.introspect({ useCache: true })
  await vi.waitFor(async () => expect((await readAgain()).tables).not.toHaveLength(0))
})
