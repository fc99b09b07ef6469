import { setTimeout as delay } from 'node:timers/promises'
import { chromium } from '@playwright/test'
import sharp from 'sharp'
import { createAccount, signIn } from '../../../e2e/support/accounts.ts'
import { convertImages } from '../../../e2e/support/convert-images.ts'
import { cookieHeader } from '../../../e2e/support/session-cookie.ts'
import { startEverything } from '../../../e2e/support/start-everything.ts'
import { findChromium } from '../../../scripts/test/chromium.ts'
import { treeOf } from './process-tree.ts'
import { LATENCY_HEAD, latencyCells, printTable } from './statistics.ts'
import { timeOf } from './time-of.ts'

const USERS = 4
const REQUESTS_PER_USER = 5
const SIDE = 7_000
const CALM_CALLS = 100
const WARM_UP = 20
const PAUSE_MS = 40
const ABANDONED_AFTER_MS = 3_000
const GONE_WITHIN_MS = 1_000

/** What people who only read their balance notice of 20 large images that others have converted to AVIF. */
export async function benchImages(): Promise<void> {
  const app = await startEverything()
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ['--no-sandbox'] })
  try {
    const [reader, ...senders] = await Promise.all(
      Array.from({ length: 1 + USERS }, async () => {
        const context = await browser.newContext()
        await signIn(context, await createAccount())
        return context
      }),
    )
    if (!reader) throw new Error('Nobody is signed in.')
    const cookie = await cookieHeader(reader, app.appUrl)
    const read = () => timeOf(`${app.appUrl}/api/credits`, { cookie })
    const file = await largeImage()
    const sendAll = (signal?: AbortSignal) =>
      Promise.all(
        senders.flatMap((context) =>
          Array.from({ length: REQUESTS_PER_USER }, () =>
            convertImages(context, { files: [file], app: app.appUrl, signal }).then(
              ({ status }) => String(status),
              () => 'abandoned',
            ),
          ),
        ),
      )

    const calm = { times: [] as number[], memory: 0, outcomes: '' }
    for (let call = 0; call < WARM_UP; call++) await read()
    for (let call = 0; call < CALM_CALLS; call++) calm.times.push(await read())
    calm.memory = treeOf(app.appPid).memoryMb
    const busy = await watch(read, app.appPid, () => sendAll())
    const abandoned = await watch(read, app.appPid, () => sendAll(AbortSignal.timeout(ABANDONED_AFTER_MS)))
    await delay(GONE_WITHIN_MS)
    const left = treeOf(app.appPid).processes - 1

    const rows = {
      calm,
      [`${USERS * REQUESTS_PER_USER} conversions`]: busy,
      'the same, abandoned after 3 s': abandoned,
    }
    printTable(
      [`another user's GET /api/credits`, ...LATENCY_HEAD, 'memory MB', 'outcomes'],
      Object.entries(rows).map(([name, { times, memory, outcomes }]) => [
        name,
        ...latencyCells(times),
        memory.toFixed(0),
        outcomes,
      ]),
    )
    console.log(
      `\n${file.size} bytes an image. A second after they were abandoned, ${left} child processes are left.`,
    )
  } finally {
    await browser.close()
    await app.stop()
  }
}

/** One color: few bytes, much work. */
async function largeImage(): Promise<File> {
  const create = { width: SIDE, height: SIDE, channels: 3, background: 'black' } as const
  const png = await sharp({ create }).toColourspace('b-w').png({ compressionLevel: 9 }).toBuffer()
  return new File([new Uint8Array(png)], 'large.png')
}

/** Reads again and again until `act` is done: how long each reading took, and the most memory the server's processes had. */
async function watch(read: () => Promise<number>, pid: number, act: () => Promise<string[]>) {
  const times: number[] = []
  let [memory, over] = [0, false]
  const watching = (async () => {
    while (!over) {
      times.push(await read())
      memory = Math.max(memory, treeOf(pid).memoryMb)
      await delay(PAUSE_MS)
    }
  })()
  const outcomes = Object.entries(Object.groupBy(await act(), (outcome) => outcome))
  over = true
  await watching
  return { times, memory, outcomes: outcomes.map(([name, all]) => `${all?.length} × ${name}`).join(', ') }
}
