import { startModelServer } from '../packages/dev-stack/model/index.ts'
import { findFreePort, SERVICE_STEP } from '../packages/dev-stack/ports.ts'

const PORT = 54328

/** What an app needs to ask the model of this machine. */
export type ModelEnv = { AI_BASE_URL: string; AI_MODEL: string }

/** Starts the model beside the stack. */
export async function startModel({ anyPort }: { anyPort: boolean }) {
  const server = await startModelServer({ port: await findFreePort(anyPort ? 0 : PORT, SERVICE_STEP) })
  const env: ModelEnv = { AI_BASE_URL: `${server.url}/v1`, AI_MODEL: 'local' }
  return { env, close: server.close }
}
