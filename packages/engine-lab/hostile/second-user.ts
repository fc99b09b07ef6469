import { setTimeout as delay } from 'node:timers/promises'
import { timeOf } from '../bench/time-of.ts'

/** What the second user met: how long each request took, in ms, and what failed. */
export type Experience = { times: number[]; failures: string[] }

const PAUSE_MS = 50
const RUN_EVERY_MS = 5_000

// A process of its own: the storm keeps the one that makes it too busy to measure anything.
const [app = '', cookie = '', durationMs = ''] = process.argv.slice(2)
const end = Date.now() + Number(durationMs)
const experience: Experience = { times: [], failures: [] }
const take = async (path: string, body?: object) => {
  try {
    experience.times.push(await timeOf(`${app}${path}`, { cookie, origin: app, body }))
  } catch (error) {
    experience.failures.push(error instanceof Error ? error.message : String(error))
  }
}

let nextRun = 0
while (Date.now() < end) {
  await take('/api/credits')
  await take('/dashboard')
  await take('/api/credits/transactions?limit=20')
  if (Date.now() >= nextRun) {
    await take('/api/example-protected', { text: 'Ships carried coal. The harbor made the town rich.' })
    nextRun = Date.now() + RUN_EVERY_MS
  }
  await delay(PAUSE_MS)
}
process.send?.(experience)
