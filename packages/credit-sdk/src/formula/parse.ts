import { type Token, tokenize } from './tokenize.ts'

export type Arithmetic = '+' | '-' | '*' | '/'
export type Comparison = '<' | '<=' | '>' | '>=' | '==' | '!='

export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'variable'; name: string }
  | { kind: 'negative'; of: Expression }
  | { kind: 'arithmetic'; operator: Arithmetic; left: Expression; right: Expression }
  | { kind: 'choice'; when: Condition; then: Expression; otherwise: Expression }

export type Condition = { operator: Comparison; left: Expression; right: Expression }

const COMPARISONS: readonly Comparison[] = ['<', '<=', '>', '>=', '==', '!=']
const MAX_LENGTH = 500

/**
 * Reads a formula such as `'{token} * 0.001 + 10'` or `'{n} > 10 ? 5 : {n}'`. Nothing of it is ever run as code.
 * @throws when it is not one, with what is wrong
 */
export function parse(text: string): Expression {
  if (text.length > MAX_LENGTH) throw new Error(`a formula has at most ${MAX_LENGTH} characters`)
  const tokens = tokenize(text)
  let position = 0
  const expression = readChoice()
  if (position < tokens.length) throw new Error(`unexpected ${describe(tokens[position])}`)
  return expression

  function readChoice(): Expression {
    const left = readSum()
    const operator = COMPARISONS.find(accept)
    if (!operator) {
      if (accept('?')) throw new Error('a condition needs a comparison, as in {n} > 10 ? 5 : 8')
      return left
    }
    const when: Condition = { operator, left, right: readSum() }
    if (!accept('?')) throw new Error('a comparison needs both results, as in {n} > 10 ? 5 : 8')
    // biome-ignore lint/suspicious/noThenProperty: no promise, and the word of the grammar
    const choice = { kind: 'choice' as const, when, then: readChoice() }
    expect(':')
    return { ...choice, otherwise: readChoice() }
  }

  function readSum(): Expression {
    let left = readProduct()
    for (let operator = acceptAny('+', '-'); operator; operator = acceptAny('+', '-'))
      left = { kind: 'arithmetic', operator, left, right: readProduct() }
    return left
  }

  function readProduct(): Expression {
    let left = readUnary()
    for (let operator = acceptAny('*', '/'); operator; operator = acceptAny('*', '/'))
      left = { kind: 'arithmetic', operator, left, right: readUnary() }
    return left
  }

  function readUnary(): Expression {
    if (accept('-')) return { kind: 'negative', of: readUnary() }
    if (accept('(')) {
      const inner = readChoice()
      expect(')')
      return inner
    }
    const token = tokens[position]
    if (!token || token.kind === 'symbol')
      throw new Error(`expected a number or {name}, got ${describe(token)}`)
    position += 1
    return token
  }

  function accept(symbol: string): boolean {
    const token = tokens[position]
    const accepted = token?.kind === 'symbol' && token.text === symbol
    if (accepted) position += 1
    return accepted
  }

  function acceptAny<S extends Arithmetic>(...symbols: S[]): S | undefined {
    return symbols.find(accept)
  }

  function expect(symbol: string): void {
    if (!accept(symbol)) throw new Error(`expected "${symbol}", got ${describe(tokens[position])}`)
  }
}

function describe(token: Token | undefined): string {
  if (!token) return 'the end'
  if (token.kind === 'variable') return `{${token.name}}`
  return token.kind === 'number' ? String(token.value) : `"${token.text}"`
}
