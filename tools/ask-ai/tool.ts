import { z } from 'zod'
import { mostPerDay, ownerRates } from '@/lib/ai/owner-rates'
import { streamMetered } from '@/lib/ai/stream-metered'
import { costTokens } from '@/lib/ai/tokens'
import { formatCredits } from '@/lib/format'
import { defineTool } from '@/lib/tool-runner/define-tool'
import { INSTRUCTIONS, LENGTHS, MAX_CHARACTERS, mostCredits, mostTokens, SLICE } from './limits'
import { prices } from './prices'

export { hasModel as isAvailable } from '@/lib/ai/model'
export { prices }

/** What is paid for. */
export const unit = 'per 1,000 tokens'

const input = z.strictObject({
  prompt: z
    .string()
    .trim()
    .min(1, 'Enter a question.')
    .max(MAX_CHARACTERS, `The question can have up to ${formatCredits(MAX_CHARACTERS)} characters.`),
  length: z.enum(['short', 'long']).default('short'),
})

/** Asks a model, and sends its answer as it comes. Paid by the token: what was delivered, also when it is canceled. */
export const askAi = defineTool({
  id: 'ask-ai',
  name: 'Ask AI',
  input,
  cost: ({ input, tier }) => mostCredits(input, prices(tier)),
  explain: ({ length }) => ({ rule: 'by 1,000 tokens of question and answer', input: { length } }),
  ownerCost: { most: ({ input }) => costTokens(mostTokens(input), ownerRates()), perDay: mostPerDay },
  rateLimit: { requests: 20, perSeconds: 60 },
  timeoutMs: 120_000,
  onAbort: 'charge',
  slice: SLICE,
  run: ({ input: { prompt, length }, tier, ...meter }) =>
    streamMetered(
      {
        ...{ instructions: INSTRUCTIONS, prompt, maxOutputTokens: LENGTHS[length] },
        ...{ price: prices(tier), most: mostCredits({ prompt, length }, prices(tier)), cost: ownerRates() },
      },
      meter,
    ),
})
