export type Token = { kind: 'comment' | 'string' | 'keyword' | 'number' | 'plain'; text: string; at: number }

const PATTERN =
  /(?<comment>(?<!:)\/\/.*)|(?<string>'[^'\n]*'|`[^`]*`)|(?<keyword>\b(?:import|from|export|const|async|await|return|type)\b)|(?<number>\b\d[\d_]*\b)/g

function kindOf(groups: Record<string, string | undefined>): Token['kind'] {
  if (groups.comment) return 'comment'
  if (groups.string) return 'string'
  return groups.keyword ? 'keyword' : 'number'
}

/** Splits a short TypeScript sample into what is colored alike; joined again, the texts are the code. */
export function highlight(code: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const plainUntil = (end: number) => {
    if (end > at) tokens.push({ kind: 'plain', text: code.slice(at, end), at })
  }
  for (const match of code.matchAll(PATTERN)) {
    plainUntil(match.index)
    tokens.push({ kind: kindOf(match.groups ?? {}), text: match[0], at: match.index })
    at = match.index + match[0].length
  }
  plainUntil(code.length)
  return tokens
}
