/** How many users a batch may have: the database says the same. */
export const MAX_GIFT_ROWS = 5000

export type GiftRow = { user: string; amount: number }

const SEPARATOR = /[,;\t]/
const isUser = (text: string) => text.includes('@') || /^[0-9a-f-]{36}$/i.test(text)

/**
 * Reads lines of an address or id and a number of credits, as a spreadsheet exports them; a line without a number means
 * `amount` of them. A first line that names nobody is a heading.
 * @returns the rows, or the first mistake as a sentence
 */
export function parseGiftLines(
  text: string,
  amount: number | null,
): { ok: true; rows: GiftRow[] } | { ok: false; mistake: string } {
  const rows: GiftRow[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const [user = '', count = ''] = line.split(SEPARATOR).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    if (user === '' && count === '') continue
    if (!isUser(user)) {
      if (rows.length === 0 && index === 0) continue
      return { ok: false, mistake: `Line ${index + 1} begins with no e-mail address or ID.` }
    }
    const wanted = count === '' ? amount : Number(count)
    if (wanted === null || !Number.isSafeInteger(wanted) || wanted < 1) {
      return { ok: false, mistake: `Line ${index + 1} needs a whole number of credits.` }
    }
    rows.push({ user, amount: wanted })
    if (rows.length > MAX_GIFT_ROWS) return { ok: false, mistake: `At most ${MAX_GIFT_ROWS} lines at once.` }
  }
  return rows.length > 0 ? { ok: true, rows } : { ok: false, mistake: 'There is no line with a user.' }
}
