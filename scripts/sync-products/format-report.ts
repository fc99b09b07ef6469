import type { SyncRow } from './sync-products.ts'

/** A table of what was done, for the terminal. */
export function formatReport(rows: readonly SyncRow[]): string {
  if (rows.length === 0) return 'No package is on sale.'
  const lines = [
    ['package', 'product', '', ''],
    ...rows.map(({ packageId, productId, outcome, detail }) => [packageId, productId ?? '', outcome, detail]),
  ]
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
