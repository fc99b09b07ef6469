import { writeFileSync } from 'node:fs'

const MB = 1024 ** 2

/** How the child behaves, and where it writes its process id. */
export type Behavior = {
  pidFile?: string
  does:
    | 'answers'
    | 'throws'
    | 'dies'
    | 'spins'
    | 'sleeps'
    | 'allocates'
    | 'allocates without a pause'
    | 'fills the heap'
    | 'floods'
}

/** A task of the tests: does what it is told, well or badly. */
export async function run({ pidFile, does }: Behavior): Promise<{ secrets: number; flood?: string }> {
  if (pidFile) writeFileSync(pidFile, String(process.pid))
  if (does === 'throws') throw new Error('as it was told')
  if (does === 'dies') process.kill(process.pid, 'SIGKILL')
  if (does === 'sleeps') await new Promise((resolve) => setTimeout(resolve, 60_000))
  while (does === 'spins') Math.random()
  const kept: unknown[] = []
  while (does === 'fills the heap') kept.push({ kept: [...kept.slice(-9)] })
  while (does === 'allocates without a pause') kept.push(Buffer.alloc(MB, 1))
  while (does === 'allocates') {
    kept.push(Buffer.alloc(16 * MB, 1))
    await new Promise((resolve) => setImmediate(resolve))
  }
  const secrets = Object.keys(process.env).filter((name) => name.includes('SECRET')).length
  return { secrets, ...(does === 'floods' && { flood: 'x'.repeat(2 * MB) }) }
}
