import { abortOnSignal, untilAborted } from './abort-on-signal.ts'
import { refuseWhileRunning, withStack } from './with-stack.ts'

const APP_URL = 'http://localhost:3000'

/** Runs the stack alone until interrupted, for an app or a test that somebody else starts. */
export async function runStack(): Promise<void> {
  const signal = abortOnSignal()
  await refuseWhileRunning()
  await withStack({ appUrl: process.env.APP_URL ?? APP_URL, app: false, signal }, () => untilAborted(signal))
}
