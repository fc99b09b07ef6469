/** Tokens that went into a model and came out of it. */
export type Tokens = { input: number; output: number }

/** A price in whole credits, or a cost in US dollars, for `per` tokens each. */
export type TokenRates = { input: number; output: number }

/** How many tokens a price is for. */
export const PRICED_TOKENS = 1_000
const BYTES_PER_TOKEN = 4
/** What a message has around its text, at most. */
const MESSAGE_TOKENS = 16

const byteLength = (text: string) => new TextEncoder().encode(text).length

/** About how many tokens a text has: for what is not yet told, or never will be, because the client left. */
export function estimateTokens(text: string): number {
  return Math.ceil(byteLength(text) / BYTES_PER_TOKEN)
}

/** How many tokens a message has at most: no tokenizer makes more than one of a byte. */
export function maxTokensOf(text: string): number {
  return byteLength(text) + MESSAGE_TOKENS
}

/** What tokens cost at a price for 1,000 of them, in whole credits, 1 at least. */
export function priceTokens({ input, output }: Tokens, rates: TokenRates): number {
  return Math.max(1, Math.ceil((input * rates.input + output * rates.output) / PRICED_TOKENS))
}

/** What tokens cost the owner, in millionths of a US dollar, at a cost in dollars for a million of them. */
export function costTokens({ input, output }: Tokens, rates: TokenRates): number {
  return Math.ceil(input * rates.input + output * rates.output)
}
