import { type Place, RETIRED, type Retired } from './retired.ts'
import { splitWords } from './split-words.ts'

export type Finding = { file: string; text: string; words: string; say: string }

/** The retired words in one name or sentence of a file. */
export function findRetired(file: string, place: Place, text: string): Finding[] {
  const parts = splitWords(text)
  return RETIRED.filter(
    (retired) =>
      isRetiredIn(retired, file, place) && !retired.except?.includes(text) && contains(parts, retired),
  ).map(({ words, say }) => ({ file, text: text.trim(), words, say }))
}

function isRetiredIn(
  { in: places = ['code', 'sql'], except = [] }: Retired,
  file: string,
  place: Place,
): boolean {
  return (
    places.includes(place) &&
    !except.some((path) => file === path || (path.endsWith('/') && file.startsWith(path)))
  )
}

function contains(parts: readonly string[], { words, whole }: Retired): boolean {
  const wanted = words.split(' ')
  if (whole && parts.length !== wanted.length) return false
  return parts.some((_, start) => wanted.every((word, index) => isWord(parts[start + index] ?? '', word)))
}

function isWord(part: string, word: string): boolean {
  const compared = word === word.toLowerCase() ? part.toLowerCase() : part
  return compared === word || compared === `${word}s`
}
