/** Where a page of a list starts: just below `before`, or just above `after`; at the newest row without either. */
export type PagePosition = { before?: number; after?: number }

/** Rows of one page, newest first; `newer` and `older` say whether there are more on either side. */
export type Page<Row> = { rows: Row[]; newer: boolean; older: boolean }

/** Reads one page of a list. `query` gives up to so many rows at a position, newest first, whichever way they are asked for. */
export async function readPage<Row>(
  { before, after }: PagePosition,
  limit: number,
  query: (position: PagePosition, limit: number) => Promise<Row[]>,
): Promise<Page<Row>> {
  // One row more tells whether there is a further page.
  if (after !== undefined) {
    const rows = await query({ after }, limit + 1)
    // Fewer than a page above: that is the first page, and it is shown whole.
    if (rows.length > limit) return { rows: rows.slice(1), newer: true, older: true }
    return readPage({}, limit, query)
  }
  const rows = await query({ before }, limit + 1)
  return { rows: rows.slice(0, limit), newer: before !== undefined, older: rows.length > limit }
}
