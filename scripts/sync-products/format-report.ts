import type { SyncOutcome } from '../../lib/payments/products/sync-package.ts'

/** A table of what was done, for the terminal. */
export function formatReport(outcomes: readonly SyncOutcome[]): string {
  if (outcomes.length === 0) return 'No package is on sale.'
  const lines = [
    ['package', 'product', '', ''],
    ...outcomes.map(({ packageId, productId, status, done, error }) => [
      packageId,
      productId ?? '',
      status,
      error ?? done.join(', '),
    ]),
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
