import type { Message } from './request.ts'

const BYTES_PER_TOKEN = 4
const SENTENCES = 60

/** How many tokens a text has here: one for every four bytes. */
export function countTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / BYTES_PER_TOKEN)
}

/** Sentences about the words of the last question, the same ones each time; with what a tool has told. */
export function answerFor(messages: readonly Message[]): string {
  const question = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  const told = messages.findLast(({ role }) => role === 'tool')?.content
  const words = question.match(/[\p{L}\p{N}_-]+/gu) ?? ['nothing']
  const sentences = Array.from({ length: SENTENCES }, (_, number) => {
    const word = words[number % words.length]
    const next = words[(number + 1) % words.length]
    return `${number + 1}. About "${word}": it goes with "${next}".`
  })
  return [...(told ? [`The tool says ${told}.`] : []), `You asked: ${question}`, ...sentences].join(' ')
}

/** A text in pieces as they are sent: each word with the space before it. */
export function toPieces(text: string): string[] {
  return text.match(/\s*\S+/g) ?? []
}

/** The first of these pieces, as many as `maxTokens` hold. */
export function withinTokens(pieces: readonly string[], maxTokens: number): string[] {
  const kept: string[] = []
  let text = ''
  for (const piece of pieces) {
    text += piece
    if (countTokens(text) > maxTokens) return kept
    kept.push(piece)
  }
  return kept
}
