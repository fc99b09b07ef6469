import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { defineTool, type Tool } from '../../lib/tool-runner/define-tool.ts'

export const PRICE = 3

const input = z.strictObject({
  steps: z.int(),
  /** The steps take that long, in ms. */
  stepMs: z.int().default(0),
  fails: z.boolean().default(false),
  note: z.string().default(''),
})

export type CountTool = Tool<typeof input, { counted: number }>

/** A tool that counts in the background, and tells how far it has come. */
export function counting(changes: Partial<CountTool> = {}): CountTool {
  return defineTool({
    id: 'count',
    name: 'Count',
    input,
    cost: () => PRICE,
    background: true,
    run: async ({ input: { steps, stepMs, fails }, progress, signal }) => {
      for (let step = 1; step <= steps; step++) {
        progress({ done: step, total: steps, message: `step ${step}` })
        await delay(stepMs, undefined, { signal })
      }
      if (fails) throw new Error('It cannot count any further.')
      return { counted: steps }
    },
    ...changes,
  })
}
