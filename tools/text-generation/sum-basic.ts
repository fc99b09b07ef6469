import { eng } from 'stopword'

const MIN_WORD_LENGTH = 2
const STOP_WORDS = new Set(eng)
const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' })
const WORDS = new Intl.Segmenter('en', { granularity: 'word' })

/** The sentences of a text, trimmed, in order. */
export function splitSentences(text: string): string[] {
  return [...SENTENCES.segment(text.replace(/\s+/g, ' '))]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => /\p{L}/u.test(sentence))
}

/** The words of a text, lower-cased, stop words included. */
export function splitWords(text: string): string[] {
  return [...WORDS.segment(text.toLowerCase())]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)
}

function contentWords(sentence: string): string[] {
  return splitWords(sentence).filter((word) => word.length >= MIN_WORD_LENGTH && !STOP_WORDS.has(word))
}

/**
 * Extractive summary by SumBasic (Nenkova and Vanderwende, 2005): the sentence whose words are the most probable is
 * taken, the probability of its words is squared so that the next one tells something else, and so on.
 * Takes time proportional to the text times `count`. Gives the sentences in the order of the text, and the words
 * that decided, the most probable first.
 */
export function sumBasic(text: string, count: number): { sentences: string[]; keywords: string[] } {
  const sentences = splitSentences(text)
  const words = sentences.map(contentWords)
  const total = words.reduce((sum, list) => sum + list.length, 0)

  const probability = new Map<string, number>()
  for (const word of words.flat()) probability.set(word, (probability.get(word) ?? 0) + 1 / total)
  const keywords = [...probability].sort(([, a], [, b]) => b - a).map(([word]) => word)

  const chosen = new Set<number>()
  while (chosen.size < Math.min(count, sentences.length)) {
    const best = bestSentence(words, probability, chosen)
    chosen.add(best)
    for (const word of new Set(words[best])) probability.set(word, (probability.get(word) ?? 0) ** 2)
  }
  return { sentences: sentences.filter((_, index) => chosen.has(index)), keywords }
}

function bestSentence(words: string[][], probability: Map<string, number>, chosen: Set<number>): number {
  let best = -1
  let bestScore = -1
  words.forEach((list, index) => {
    if (chosen.has(index)) return
    const sum = list.reduce((score, word) => score + (probability.get(word) ?? 0), 0)
    const score = list.length > 0 ? sum / list.length : 0
    if (score > bestScore) {
      best = index
      bestScore = score
    }
  })
  return best
}
