/** A row of a query, by the names the query gave its columns. */
export type Row = Record<string, unknown>
