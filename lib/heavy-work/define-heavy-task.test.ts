import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineHeavyTask } from './define-heavy-task'
import type { Behavior, run } from './testing/behave.task.mts'

const folder = mkdtempSync(join(tmpdir(), 'heavy-work-'))
afterAll(() => rmSync(folder, { recursive: true }))

const define = (other: Partial<Parameters<typeof defineHeavyTask<typeof run>>[0]> = {}) =>
  defineHeavyTask({
    file: new URL('./testing/behave.task.mts', import.meta.url),
    source: () => import('./testing/behave.task.mts'),
    output: z.object({ secrets: z.int(), flood: z.string().optional() }),
    ...other,
  })

let pidFile: string
let count = 0
beforeEach(() => {
  pidFile = join(folder, String(count++))
})

/** Runs a task of user Ada that behaves as told. */
function start(does: Behavior['does'], task = define(), signal = new AbortController().signal) {
  return task({ does, pidFile }, { userId: 'ada', signal })
}

/** The process of the run, once it is at work. */
const pid = async () => {
  await vi.waitUntil(() => existsSync(pidFile) && readFileSync(pidFile, 'utf8'), { timeout: 15_000 })
  return Number(readFileSync(pidFile, 'utf8'))
}

function isAlive(process_: number): boolean {
  try {
    return process.kill(process_, 0)
  } catch {
    return false
  }
}

describe('a heavy task', () => {
  test('answers from a process of its own, which is gone afterwards', async () => {
    await expect(start('answers')).resolves.toEqual({ secrets: 0 })
    expect(await pid()).not.toBe(process.pid)
    expect(isAlive(await pid())).toBe(false)
  })

  test('is told no secret of the server', async () => {
    vi.stubEnv('SUPABASE_SECRET_KEY', 'sb_secret_of_the_server')
    await expect(start('answers')).resolves.toEqual({ secrets: 0 })
    vi.unstubAllEnvs()
  })

  test('that throws, dies or answers something else is an error', async () => {
    await expect(start('throws')).rejects.toThrow('as it was told')
    await expect(start('dies')).rejects.toThrow('ended with SIGKILL and no answer')
    const output = z.object({ secrets: z.int().min(99) })
    await expect(start('answers', define({ output }))).rejects.toBeInstanceOf(z.ZodError)
  })

  test('that is no file is an error, not a wait', async () => {
    const file = new URL('./testing/missing.task.mts', import.meta.url)
    await expect(start('answers', define({ file }))).rejects.toThrow('Cannot find module')
  })
})

test.each(['sleeps', 'spins'] as const)(
  'a child that %s ends with the server that started it, however that one ends',
  async (does) => {
    const child = join(import.meta.dirname, 'child.mts')
    const task = new URL('./testing/behave.task.mts', import.meta.url).href
    const server = spawn(process.execPath, [
      '--eval',
      `require('node:child_process').fork(...${JSON.stringify([child, [task, '512', '1024']])})
        .send(${JSON.stringify({ input: { does, pidFile } })})`,
    ])
    const started = await pid()
    server.kill('SIGKILL')
    await vi.waitUntil(() => !isAlive(started), { timeout: 15_000 })
  },
)

describe('a heavy task is killed within a second', () => {
  test.each(['spins', 'sleeps'] as const)('when its client goes away while it %s', async (does) => {
    const client = new AbortController()
    const failed = expect(start(does, define(), client.signal)).rejects.toThrow('gone')
    const process_ = await pid()
    const abortedAt = performance.now()
    client.abort(new Error('gone'))
    await failed
    expect(performance.now() - abortedAt).toBeLessThan(1_000)
    expect(isAlive(process_)).toBe(false)
  })

  test('when its time is over, and says so with 413', async () => {
    const failed = start('spins', define({ timeoutMs: 1_500 }))
    await expect(failed).rejects.toMatchObject({
      code: 'work_too_large',
      status: 413,
      details: { limit: 'time' },
    })
    expect(existsSync(pidFile) && isAlive(await pid())).toBe(false)
  })

  test.each(['allocates', 'allocates without a pause', 'fills the heap'] as const)(
    'when it %s beyond its memory',
    async (does) => {
      const failed = start(does, define({ memoryMb: 150, timeoutMs: 50_000 }))
      await expect(failed).rejects.toMatchObject({ code: 'work_too_large', details: { limit: 'memory' } })
      expect(existsSync(pidFile) && isAlive(await pid())).toBe(false)
    },
  )

  test('when it answers more than it may', async () => {
    const failed = start('floods', define({ maxOutputBytes: 1024 ** 2 }))
    await expect(failed).rejects.toMatchObject({ code: 'work_too_large', details: { limit: 'output' } })
  })

  test('and is never started for a client that is gone already', async () => {
    await expect(start('answers', define(), AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
    expect(existsSync(pidFile)).toBe(false)
  })
})
