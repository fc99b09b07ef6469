/** A value within an input, how deep it is, and the names that lead to it. */
type Part = { value: unknown; depth: number; path: () => string[] }

/** An input and all that is in it, one by one: without recursion, so that nothing is nested too deeply for it. */
export function* walk(input: unknown): Generator<Part> {
  const waiting: Part[] = [{ value: input, depth: 0, path: () => [] }]
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const { value, depth, path } = part
    yield part
    if (typeof value !== 'object' || value === null || value instanceof Blob) continue
    for (const [name, inner] of Object.entries(value)) {
      waiting.push({ value: inner, depth: depth + 1, path: () => [...path(), name] })
    }
  }
}
