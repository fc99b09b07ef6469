const MAX_WORDS = 10

/** The words to look for, in lower case: ten at most. */
export function splitSearch(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS)
}

/** Whether all the words are in the description or the action of a ledger row. The same as `ledger_page` finds. */
export function mentions(
  { description, action }: { description: string | null; action: string | null },
  words: readonly string[],
): boolean {
  const text = [description, action].filter((part) => part !== null).join(' ')
  return words.every((word) => text.toLowerCase().includes(word))
}
