import { z } from 'zod'
import { isStorable } from '@/lib/http/postgres-text'
import { timestamp } from '@/lib/timestamp'

const ROWS = 25

/** What the ids of a list can be: a cursor with another would be an error of the database. */
const IDS = {
  uuid: z.uuid(),
  number: z.string().regex(/^\d{1,18}$/),
  text: z
    .string()
    .regex(/^[^"\\,()]{1,255}$/)
    .refine(isStorable),
}

/** The part of a list's query that says where its page starts; what is no cursor of the list counts as not given. */
export function positionQuery(ids: keyof typeof IDS) {
  const cursor = z
    .string()
    .transform((text) => /^([^~]+)~(.+)$/s.exec(text)?.slice(1))
    .pipe(z.tuple([timestamp, IDS[ids]]))
    .transform(([at, id]) => ({ at, id }))
    .optional()
    .catch(undefined)
  return { before: cursor, after: cursor }
}

/** Just below `before`, or just above `after`; at the newest row without either. */
export type Position = z.output<z.ZodObject<ReturnType<typeof positionQuery>>>

/** A filter without its position: what stays from page to page, and whether it leaves anything out. */
export function withoutPosition<Filter extends Position>(filter: Filter) {
  const { before, after, ...kept } = filter
  return { kept, active: Object.values(kept).some((value) => value !== undefined) }
}

/** One page of a list, newest first, with the cursors of the pages on either side. */
export type Page<Row> = { rows: Row[]; newer: string | null; older: string | null }

/** What of a query of the Data API paging needs. */
type Query = {
  or(filter: string): Query
  lte(column: string, value: string): Query
  gte(column: string, value: string): Query
  order(column: string, options: { ascending: boolean }): Query
  limit(count: number): PromiseLike<{ data: unknown[] | null; error: { message: string } | null }>
}

type List<Row> = {
  /** What is listed, for the error: 'payments'. */
  name: string
  /** The query with its filters, anew each time it is called. */
  query: () => Query
  row: z.ZodType<Row>
  /** The timestamp column that orders the list. */
  by: string
  /** The column that orders rows of one timestamp. */
  tieBreaker: string
  /** Both of a row. */
  cursorOf: (row: Row) => [at: string, id: string]
  position: Position
}

/** Reads one page of a list by the timestamp and the id of its outermost rows. @throws when it cannot be read */
export async function readPage<Row>(list: List<Row>): Promise<Page<Row>> {
  const { position } = list
  const rows = await readRows(list)
  const more = rows.length > ROWS
  if (position.after) {
    // Fewer than a page above: that is the first page, and it is shown whole.
    if (!more) return readPage({ ...list, position: { before: undefined, after: undefined } })
    return toPage(list, rows.slice(0, ROWS).reverse(), { newer: true, older: true })
  }
  return toPage(list, rows.slice(0, ROWS), { newer: position.before !== undefined, older: more })
}

/** From the position outwards, with one row more than the page has. */
async function readRows<Row>({
  name,
  query,
  row,
  by,
  tieBreaker,
  position: { before, after },
}: List<Row>): Promise<Row[]> {
  const from = after ?? before
  const side = after ? 'gt' : 'lt'
  let wanted = query()
  if (from) {
    // The plain bound is what leads to an index.
    wanted = (after ? wanted.gte(by, from.at) : wanted.lte(by, from.at)).or(
      `${by}.${side}."${from.at}",and(${by}.eq."${from.at}",${tieBreaker}.${side}."${from.id}")`,
    )
  }
  const ascending = after !== undefined
  const { data, error } = await wanted
    .order(by, { ascending })
    .order(tieBreaker, { ascending })
    .limit(ROWS + 1)
  if (error) throw new Error(`The ${name} could not be read: ${error.message}`, { cause: error })
  return z.array(row).parse(data)
}

function toPage<Row>(
  { cursorOf }: List<Row>,
  rows: Row[],
  sides: { newer: boolean; older: boolean },
): Page<Row> {
  const first = rows[0]
  const last = rows.at(-1)
  return {
    rows,
    newer: sides.newer && first ? cursorOf(first).join('~') : null,
    older: sides.older && last ? cursorOf(last).join('~') : null,
  }
}
