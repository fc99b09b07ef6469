/** How many characters each of the two texts may have; the form stops there and the tool checks again. */
export const MAX_CHARACTERS = 40_000

/** Characters of both texts together that one credit pays for. */
export const CHARACTERS_PER_CREDIT = 10_000

/** What the ways to compare are called. */
export const UNITS = { words: 'Word by word', lines: 'Line by line' } as const

export type Unit = keyof typeof UNITS

/** What two texts cost, in whole credits. */
export function priceOf({ before, after }: { before: string; after: string }, perBlock: number): number {
  return Math.max(1, Math.ceil((before.length + after.length) / CHARACTERS_PER_CREDIT)) * perBlock
}
