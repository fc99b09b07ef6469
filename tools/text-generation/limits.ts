/** How many characters a text may have; the form counts them. */
export const MAX_CHARACTERS = 20_000

/** What the lengths of a summary are called. */
export const LENGTHS = { low: 'Short', medium: 'Medium', high: 'Detailed' } as const
