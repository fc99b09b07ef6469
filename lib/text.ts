/** With a capital at its beginning. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Names as a sentence lists them: `a, b, and c`, or with `disjunction` `a, b, or c`. */
export function listInWords(
  names: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat('en-US', { type }).format(names)
}
