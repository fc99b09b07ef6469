import { join } from 'node:path'
import { readEnvFile } from '../../packages/dev-stack/env-file.ts'
import { findHolder } from '../../packages/dev-stack/postgres/index.ts'
import { POSTGRES_FOLDER, type Stack } from '../../packages/dev-stack/stack.ts'
import { formatBanner } from '../banner.ts'
import { LOCAL_DIRECTORY } from '../paths.ts'
import { startProjectStack } from '../stack.ts'

type Options = { appUrl: string; app: boolean; directory?: string; signal: AbortSignal }

/**
 * Starts the stack, says where everything is, runs `work`, and stops the stack, whatever happens.
 * An abort while it starts is no error.
 */
export async function withStack(
  { appUrl, app, directory = LOCAL_DIRECTORY, signal }: Options,
  work: (stack: Stack) => Promise<void>,
): Promise<void> {
  const stack = await startProjectStack({ directory, appUrl, signal }).catch((error) => {
    if (!signal.aborted) throw error
  })
  if (!stack) return
  try {
    if (signal.aborted) return
    console.log(formatBanner(stack.env, { app, directory }))
    await work(stack)
  } finally {
    await stack.stop()
  }
}

/** What a process of its own needs to use the stack that runs. @throws with a sentence when none does */
export async function readRunningEnv(): Promise<Record<string, string>> {
  const lines = Object.entries(await readEnvFile(LOCAL_DIRECTORY))
  const env = Object.fromEntries(lines.map(([name, value = '']) => [name, value]))
  if (lines.length > 0) return env
  throw new Error('Nothing runs that this could work for: start npm run dev, or set what .env.example lists.')
}

/** @throws with a sentence that names the live process which runs the stack of this project in `directory`. */
export async function refuseWhileRunning(directory = LOCAL_DIRECTORY): Promise<void> {
  const pid = await findHolder(join(directory, POSTGRES_FOLDER))
  if (!pid) return
  const { APP_URL } = await readEnvFile(directory)
  const where = APP_URL ? `, for the app at ${APP_URL}` : ''
  throw new Error(
    `The stack of this project already runs as process ${pid}${where}. Stop it first: kill ${pid}`,
  )
}
