/** How many characters the texts of a card may have; the form stops there and the tool checks again. */
export const MAX_TITLE_CHARACTERS = 90
export const MAX_SUBTITLE_CHARACTERS = 160

/** What the widths of a card are called. */
export const SIZES = { low: '600 px', medium: '1,200 px', high: '2,400 px' } as const
