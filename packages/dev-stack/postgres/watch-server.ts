import { readFileSync } from 'node:fs'

const EVERY_MS = 500

/** Knows whether the server has ended although nobody stopped it. */
export type Watch = { isGone(): boolean; stop(): void }

/**
 * Watches the process of a server. `tell` is called once, when it ends although nobody stopped it, with a sentence
 * that says so and what to do.
 */
export function watchServer(pid: number, tell: (sentence: string) => void): Watch {
  let gone = false
  let stopped = false
  const check = () => {
    if (gone || stopped || isAlive(pid)) return
    gone = true
    clearInterval(timer)
    tell(
      `Postgres was killed (process ${pid}), perhaps for want of memory. Nothing that needs the database works until you stop this with Ctrl+C and start it again. What was committed is kept.`,
    )
  }
  const timer = setInterval(check, EVERY_MS).unref()
  return {
    isGone() {
      check()
      return gone
    },
    stop() {
      stopped = true
      clearInterval(timer)
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A process that has ended, and that nobody has asked about yet, has no command any more.
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''
  } catch (error) {
    // It is another user's, then.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
