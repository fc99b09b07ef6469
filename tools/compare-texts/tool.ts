import { z } from 'zod'
import { formatCredits } from '@/lib/format'
import { defineHeavyTask } from '@/lib/heavy-work/define-heavy-task'
import { BadRequestError } from '@/lib/http/errors'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { countChanges } from './count-changes'
import { MAX_CHARACTERS, priceOf } from './limits'

/** Two full texts in any script, as JSON. */
const MAX_BYTES = 512 * 1024

const compareInChild = defineHeavyTask({
  file: new URL('./compare-texts.task.mts', import.meta.url),
  source: () => import('./compare-texts.task.mts'),
  memoryMb: 300,
  output: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })).nullable(),
})

/** The same text from another system is no change. */
const withOneLineEnding = (text: string) => text.replace(/\r\n?/g, '\n')

/** What is paid for. */
export const unit = 'per 10,000 characters'

export const prices = () => ({ block: 1 })

const text = (name: string) =>
  z
    .string()
    .max(MAX_CHARACTERS, `The ${name} text can have up to ${formatCredits(MAX_CHARACTERS)} characters.`)
    .refine((value) => value.trim() !== '', `Enter the ${name} text.`)

/** Shows what was added, removed and replaced between two versions of a text. For members. */
export const compareTexts = defineTool({
  id: 'compare-texts',
  name: 'Compare two texts',
  input: z.strictObject({
    before: text('first'),
    after: text('second'),
    unit: z.enum(['words', 'lines']).default('words'),
  }),
  requiredTier: 'pro',
  cost: ({ input }) => priceOf(input, prices().block),
  explain: ({ before, after }) => ({
    rule: '1 per 10,000 characters',
    input: { characters: before.length + after.length },
  }),
  rateLimit: { requests: 20, perSeconds: 60 },
  maxBytes: MAX_BYTES,
  run: async ({ input: { before, after, unit }, user, signal }) => {
    const versions = { before: withOneLineEnding(before), after: withOneLineEnding(after) }
    const parts = await compareInChild({ ...versions, unit }, { userId: user.id, signal })
    if (parts === null) {
      throw new BadRequestError('These texts have too little in common. Compare shorter parts of them.')
    }
    return { parts, changes: countChanges(parts) }
  },
})
