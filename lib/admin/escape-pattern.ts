/** `%` and `_` stand for themselves in what people type. */
export function escapePattern(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`)
}
