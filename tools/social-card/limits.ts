/** How many characters the texts of a card may have; the form stops there and the tool checks again. */
export const MAX_TITLE_CHARACTERS = 90
export const MAX_SUBTITLE_CHARACTERS = 160
