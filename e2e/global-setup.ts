import { readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { startEverything } from './support/start-everything.ts'

/** Starts what the tests run against, and hands its addresses to the workers through the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const running = process.env.E2E_ENV_FILE
  if (running) {
    Object.assign(process.env, parseEnv(readFileSync(running, 'utf8')))
    return async () => {}
  }
  const { stop } = await startEverything()
  return stop
}
