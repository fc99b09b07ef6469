import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { makeTemporaryDirectory } from '../../dev-stack/temporary-directory.ts'
import { median, printTable, quantile } from './statistics.ts'
import { printLedgerCheck, startBenchDatabase, walletOwner } from './wallets.ts'

const CALLERS = 64
const ROUNDS = 5
const ROUND_MS = 3_000
const WINDOWS_MS = [0, 2, 5]

/** What one server charges on a hot wallet, one by one and with a window in which charges travel together. */
export async function benchWindow(): Promise<void> {
  await using undo = new AsyncDisposableStack()
  const database = await startBenchDatabase()
  undo.defer(database.stop)
  const directory = undo.adopt(await makeTemporaryDirectory(), (made) => made.remove())
  const dataApi = fork(new URL('../../../supabase/tests/data-api-process.ts', import.meta.url), [
    database.apiUrl,
    directory.path,
  ])
  undo.defer(() => void dataApi.kill())
  const [env] = await once(dataApi, 'message')
  const servers: ChildProcess[] = []
  for (const windowMs of WINDOWS_MS) {
    const hooks = fileURLToPath(new URL('../../../supabase/tests/kills/app-modules.ts', import.meta.url))
    const server = fork(new URL('../../../supabase/tests/charge-process.ts', import.meta.url), {
      execArgv: ['--import', hooks],
      env: { ...process.env, ...env, CHARGE_WINDOW_MS: String(windowMs) },
    })
    undo.defer(() => void server.kill())
    await once(server, 'message')
    servers.push(server)
  }
  const rates = servers.map((): number[] => [])
  const latencies = servers.map((): number[] => [])
  // The first round warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, server] of servers.entries()) {
      server.send({ userId: walletOwner(1), callers: CALLERS, forMs: ROUND_MS })
      const [times] = await once(server, 'message')
      if (round === 0) continue
      rates[index]?.push((1_000 * times.length) / ROUND_MS)
      latencies[index]?.push(...times)
    }
  }
  const alone = median(rates[0] ?? [])
  printTable(
    [`${CALLERS} callers of one server, 1 hot wallet`, 'per second', 'of one by one', 'p50 ms', 'p99 ms'],
    WINDOWS_MS.map((windowMs, index) => {
      const rate = median(rates[index] ?? [])
      const name = windowMs === 0 ? 'one by one' : `a window of ${windowMs} ms`
      const waits = [0.5, 0.99].map((share) => quantile(latencies[index] ?? [], share).toFixed(0))
      return [name, rate.toFixed(0), (rate / alone).toFixed(2), ...waits]
    }),
  )
  await printLedgerCheck(database.sql)
}
