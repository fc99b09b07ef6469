type Input = {
  lines: string[]
  /** The lines to compare with all that follow them: the first, and the one after the last. */
  from: number
  to: number
  /** How alike two lines are at least, from 0 to 1. */
  threshold: number
}

type Pair = { first: number; second: number; likeness: number }

/** Compares lines by the pairs of letters that they share (Sørensen and Dice). */
export async function run({ lines, from, to, threshold }: Input): Promise<Pair[]> {
  const letters = lines.map(toPairs)
  const pairs: Pair[] = []
  for (let first = from; first < to; first++) {
    for (let second = first + 1; second < lines.length; second++) {
      const likeness = compare(letters[first], letters[second])
      if (likeness >= threshold) pairs.push({ first, second, likeness })
    }
  }
  return pairs
}

function toPairs(line: string): Map<string, number> {
  const text = line.toLowerCase().replace(/\s+/g, ' ')
  const pairs = new Map<string, number>()
  for (let at = 0; at < text.length - 1; at++) {
    const pair = text.slice(at, at + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

function compare(a: Map<string, number> = new Map(), b: Map<string, number> = new Map()): number {
  let [shared, all] = [0, 0]
  for (const [pair, count] of a) {
    shared += Math.min(count, b.get(pair) ?? 0)
    all += count
  }
  for (const count of b.values()) all += count
  return all === 0 ? 1 : (2 * shared) / all
}
