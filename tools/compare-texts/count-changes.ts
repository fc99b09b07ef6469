/** A stretch of two texts: in both, in the second alone, or in the first alone. */
export type Part = { kind: 'same' | 'added' | 'removed'; text: string }

/** How many places differ. What was removed right before something was added is replaced. */
export type Changes = { added: number; removed: number; replaced: number }

/** Counts the places that differ. */
export function countChanges(parts: readonly Part[]): Changes {
  const count = { added: 0, removed: 0, replaced: 0 }
  parts.forEach(({ kind }, place) => {
    const follows = parts[place + 1]?.kind
    if (kind === 'removed') count[follows === 'added' ? 'replaced' : 'removed'] += 1
    if (kind === 'added' && parts[place - 1]?.kind !== 'removed') count.added += 1
  })
  return count
}
