import { maxTokensOf, priceTokens, type TokenRates, type Tokens } from '@/lib/ai/tokens'

export const INSTRUCTIONS = 'Answer the question in plain text, as short as it can be said.'

/** How many characters a question may have; the form stops there and the tool checks again. */
export const MAX_CHARACTERS = 8_000

/** What the lengths of an answer are called. */
export const LENGTH_NAMES = { short: 'Short', long: 'Long' } as const

/** How many tokens an answer may have, by its length. */
export const LENGTHS = { short: 300, long: 1_500 } as const

/** How many credits are held at a time while an answer comes. */
export const SLICE = 5

type Question = { prompt: string; length: keyof typeof LENGTHS }

/** The most that a question and its answer may take. */
export function mostTokens({ prompt, length }: Question): Tokens {
  return { input: maxTokensOf(INSTRUCTIONS) + maxTokensOf(prompt), output: LENGTHS[length] }
}

/** The most that they may cost, in whole credits. */
export function mostCredits(question: Question, rates: TokenRates): number {
  return priceTokens(mostTokens(question), rates)
}
