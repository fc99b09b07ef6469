/** The value below which the given share (0 to 1) of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const index = Math.min(sorted.length - 1, Math.floor(share * sorted.length))
  return sorted[index] ?? Number.NaN
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5)
}

export const LATENCY_HEAD = ['p50 ms', 'p99 ms', 'slowest ms']

/** The cells below `LATENCY_HEAD`. */
export function latencyCells(samples: readonly number[]): string[] {
  return [0.5, 0.99, 1].map((share) => quantile(samples, share).toFixed(0))
}

/** Prints a table in Markdown. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  for (const cells of [head, head.map(() => '---'), ...rows]) console.log(`| ${cells.join(' | ')} |`)
}
