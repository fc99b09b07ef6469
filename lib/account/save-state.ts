/** How saving a form went: nothing yet, saved, or what is wrong, in a sentence. */
export type SaveState = { status: 'idle' } | { status: 'saved' } | { status: 'refused'; message: string }
