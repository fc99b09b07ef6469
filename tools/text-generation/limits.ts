/** How many characters a text may have; the form counts them. */
export const MAX_CHARACTERS = 20_000
