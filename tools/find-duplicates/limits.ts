/** How much a list may hold; the form says so and the tool checks again. */
export const MAX_LINES = 3_000
export const MAX_CHARACTERS = 100_000

/** Lines that one credit pays for. */
export const LINES_PER_CREDIT = 500

/** The lines of a list, trimmed, without empty ones. */
export function toLines(list: string): string[] {
  return list
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** What a list costs, in whole credits. */
export function priceOf(list: string, perBlock: number): number {
  return Math.max(1, Math.ceil(toLines(list).length / LINES_PER_CREDIT)) * perBlock
}
