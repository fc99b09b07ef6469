import { z } from 'zod'
import { COMPLEXITIES, pricesByComplexity } from '@/lib/credits/pricing'
import { formatCredits } from '@/lib/format'
import { BadRequestError } from '@/lib/http/errors'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { MAX_CHARACTERS } from './limits'
import { splitSentences, splitWords, sumBasic } from './sum-basic'

const SENTENCES = { low: 2, medium: 4, high: 6 } as const
const KEYWORDS = 6

export const prices = () => pricesByComplexity('text-generation')

/** Picks the sentences that say the most: 2, 4 or 6 of them by complexity. Needs no network. */
export const summarize = defineTool({
  id: 'text-generation',
  name: 'Summarize a text',
  input: z.strictObject({
    text: z
      .string()
      .trim()
      .min(1, 'Enter a text to summarize.')
      .max(MAX_CHARACTERS, `The text can have up to ${formatCredits(MAX_CHARACTERS)} characters.`),
    complexity: z.enum(COMPLEXITIES).default('low'),
  }),
  otherNames: { prompt: 'text' },
  cost: ({ input }) => prices()[input.complexity],
  explain: ({ complexity }) => ({ rule: 'text-generation × complexity', input: { complexity } }),
  rateLimit: { requests: 20, perSeconds: 60 },
  run: ({ input }) => {
    const before = splitSentences(input.text)
    if (before.length === 0) throw new BadRequestError('There are no sentences in this text.')
    const { sentences, keywords } = sumBasic(input.text, SENTENCES[input.complexity])
    return {
      summary: sentences.join(' '),
      keywords: keywords.slice(0, KEYWORDS),
      sentences: { before: before.length, after: sentences.length },
      words: { before: splitWords(input.text).length, after: splitWords(sentences.join(' ')).length },
    }
  },
})
