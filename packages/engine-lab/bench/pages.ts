import { Agent, get } from 'node:http'
import { startEverything } from '../../../e2e/support/start-everything.ts'
import { startEmptyApp } from './empty-app.ts'
import { median, printTable } from './statistics.ts'

const PATHS = [
  '/',
  '/pricing', // #only payments
  '/terms',
]
const CONNECTIONS = 16
const ROUND_MS = 4_000
const ROUNDS = 3

/** Addresses of pages of other projects, with blanks between, built and served by whoever compares with them. */
const PEERS = (process.env.PEERS ?? '').split(' ').filter(Boolean)

/** Requests a second of the public pages, against the one static page of an empty app of the same Next.js. */
export async function benchPages(): Promise<void> {
  await using undo = new AsyncDisposableStack()
  const app = await startEverything()
  undo.defer(app.stop)
  const empty = await startEmptyApp()
  undo.defer(empty.stop)

  const urls = [empty.url, ...PATHS.map((path) => `${app.appUrl}${path}`), ...PEERS]
  const rates = new Map<string, number[]>(urls.map((url) => [url, []]))
  for (let round = -1; round < ROUNDS; round++) {
    for (const [url, measured] of rates) {
      const rate = await countRequests(url, round < 0 ? 1_000 : ROUND_MS)
      // The first round fills caches.
      if (round >= 0) measured.push(rate)
    }
  }
  const [ofEmpty = Number.NaN, ...ofPages] = [...rates.values()].map(median)
  const row = (name: string, rate: number) => [name, rate.toFixed(0), (rate / ofEmpty).toFixed(2)]
  printTable(
    [`${CONNECTIONS} connections`, 'requests a second', 'against the empty app'],
    [
      row('empty app', ofEmpty),
      ...[...PATHS, ...PEERS].map((name, index) => row(name, ofPages[index] ?? Number.NaN)),
    ],
  )
}

/** Answers a second. @throws for any status but 200 */
async function countRequests(url: string, durationMs: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const start = performance.now()
  let count = 0
  const connection = async () => {
    while (performance.now() - start < durationMs) {
      await request(url, agent)
      count++
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  const seconds = (performance.now() - start) / 1000
  agent.destroy()
  return count / seconds
}

function request(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = get(url, { agent, headers: { 'accept-encoding': 'gzip' } }, (response) => {
      response.resume()
      response.once('end', resolve)
      response.once('error', reject)
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}.`))
    })
    sent.once('error', reject)
  })
}
