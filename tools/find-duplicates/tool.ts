import { z } from 'zod'
import { formatCredits } from '@/lib/format'
import { defineHeavyTask } from '@/lib/heavy-work/define-heavy-task'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { MAX_CHARACTERS, MAX_LINES, priceOf, toLines } from './limits'

const BLOCK_LINES = 150
const MAX_PAIRS = 200
const LIKENESS = { loose: 0.7, close: 0.85, exact: 0.95 } as const

const compareInChild = defineHeavyTask({
  file: new URL('./compare-lines.task.mts', import.meta.url),
  source: () => import('./compare-lines.task.mts'),
  memoryMb: 300,
  output: z.array(z.object({ first: z.int(), second: z.int(), likeness: z.number() })),
})

/** What is paid for. */
export const unit = 'per 500 lines'

export const prices = () => ({ block: 1 })

/** Finds lines that say nearly the same. In the background, block by block: a long list takes a while. */
export const findDuplicates = defineTool({
  id: 'find-duplicates',
  name: 'Find duplicates',
  input: z.strictObject({
    list: z
      .string()
      .max(MAX_CHARACTERS, `The list can have up to ${formatCredits(MAX_CHARACTERS)} characters.`)
      .refine((list) => toLines(list).length >= 2, 'Enter two lines or more.')
      .refine(
        (list) => toLines(list).length <= MAX_LINES,
        `The list can have up to ${formatCredits(MAX_LINES)} lines.`,
      ),
    likeness: z.enum(['loose', 'close', 'exact']).default('close'),
  }),
  cost: ({ input }) => priceOf(input.list, prices().block),
  explain: ({ list }) => ({ rule: '1 per 500 lines', input: { lines: toLines(list).length } }),
  rateLimit: { requests: 20, perSeconds: 60 },
  background: { retries: 2 },
  retentionHours: 24 * 7,
  run: async ({ input, user, signal, progress }) => {
    const lines = toLines(input.list)
    const pairs = []
    for (let from = 0; from < lines.length; from += BLOCK_LINES) {
      progress({ done: from, total: lines.length, message: `Line ${formatCredits(from + 1)}` })
      const block = { lines, from, to: Math.min(from + BLOCK_LINES, lines.length) }
      const found = await compareInChild(
        { ...block, threshold: LIKENESS[input.likeness] },
        { userId: user.id, signal },
      )
      pairs.push(...found)
    }
    const best = pairs.sort((a, b) => b.likeness - a.likeness).slice(0, MAX_PAIRS)
    return {
      found: pairs.length,
      pairs: best.map(({ first, second, likeness }) => ({
        first: lines[first] ?? '',
        second: lines[second] ?? '',
        percent: Math.round(likeness * 100),
      })),
    }
  },
})
