// A process of the app that starts runs and works on them, or a worker, until it is killed.
import { z } from 'zod'
import { RunWorker } from '../../../lib/tool-runner/background/run-worker.ts'
import { workRun } from '../../../lib/tool-runner/background/work-run.ts'
import { reserveForRun } from '../../../lib/tool-runner/reserve-for-run.ts'
import { counting } from '../background-tools.ts'

const TOOLS = {
  patient: counting({ id: 'patient', background: { retries: 2 } }),
  fragile: counting({ id: 'fragile' }),
}

/** What the process of the app is asked to start. */
const order = z.object({
  tool: z.enum(['patient', 'fragile']),
  userId: z.uuid(),
  key: z.string(),
  input: z.object({ steps: z.int(), stepMs: z.int(), fails: z.boolean(), note: z.string() }),
})

export type RunOrder = z.output<typeof order>

process.on('message', async (message) => {
  const { tool, userId, key, input } = order.parse(message)
  const user = { id: userId, email: 'somebody@example.com', internal: 'test' }
  // The parent asks again when it hears nothing.
  const reserved = await reserveForRun(TOOLS[tool], { user, input, key, sent: input }).catch(() => null)
  if (reserved) process.send?.(key)
})
process.on('disconnect', () => process.exit())

const worker = new RunWorker(async (id) => {
  const [, tool] = Object.entries(TOOLS).find(([name]) => name === id) ?? []
  return tool && ((claimed) => workRun(tool, claimed))
})
process.send?.('ready')
await worker.run(new AbortController().signal)
