export type Token =
  | { kind: 'number'; value: number }
  | { kind: 'variable'; name: string }
  | { kind: 'symbol'; text: string }

const PATTERN =
  /\s+|(?<number>\d+(?:\.\d+)?)|\{\s*(?<name>[A-Za-z_]\w*)\s*\}|(?<symbol><=|>=|==|!=|[-+*/()<>?:×÷−])/y
const SAME_AS: Readonly<Record<string, string>> = { '×': '*', '÷': '/', '−': '-' }

/** @throws when the text has a character that no formula has */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  PATTERN.lastIndex = 0
  while (PATTERN.lastIndex < text.length) {
    const start = PATTERN.lastIndex
    const groups = PATTERN.exec(text)?.groups
    if (!groups) throw new Error(`unexpected "${text.slice(start, start + 10)}" at position ${start}`)
    const { number, name, symbol } = groups
    if (number) tokens.push({ kind: 'number', value: Number(number) })
    else if (name) tokens.push({ kind: 'variable', name })
    else if (symbol) tokens.push({ kind: 'symbol', text: SAME_AS[symbol] ?? symbol })
  }
  return tokens
}
