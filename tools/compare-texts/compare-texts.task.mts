import { diffLines, diffWords } from 'diff'

/**
 * How many words or lines may be added and removed together. Time grows with its square: this many take seconds.
 */
const MAX_EDITS = 4_000

type Input = { before: string; after: string; unit: 'words' | 'lines' }

type Part = { kind: 'same' | 'added' | 'removed'; text: string }

/** The parts of both texts in order (Myers, 1986); null for texts that differ too much to be compared. */
export async function run({ before, after, unit }: Input): Promise<Part[] | null> {
  const changes =
    unit === 'lines'
      ? diffLines(before, after, { maxEditLength: MAX_EDITS })
      : diffWords(before, after, {
          maxEditLength: MAX_EDITS,
          // Finds words in scripts without spaces as well.
          intlSegmenter: new Intl.Segmenter('en', { granularity: 'word' }),
        })
  return (
    changes?.map(({ added, removed, value }) => ({
      kind: added ? 'added' : removed ? 'removed' : 'same',
      text: value,
    })) ?? null
  )
}
