/** A piece of a statement: text as it is, a name to be quoted, or a value to be bound. */
export type Chunk = { text: string } | { column: string } | { table: string } | { value: unknown }

/** A part of a statement, or a whole one, that no driver has seen yet. Each adapter hands it to its own. */
export class Fragment {
  readonly chunks: readonly Chunk[]

  constructor(chunks: readonly Chunk[]) {
    this.chunks = chunks
  }
}

/** Fragments become part of the text; everything else is bound as a value. */
export function sql(texts: TemplateStringsArray, ...parts: readonly unknown[]): Fragment {
  const chunks = texts.flatMap((text, index): readonly Chunk[] => {
    if (index === parts.length) return [{ text }]
    const part = parts[index]
    return [{ text }, ...(part instanceof Fragment ? part.chunks : [{ value: part }])]
  })
  return new Fragment(chunks.filter((chunk) => !('text' in chunk) || chunk.text !== ''))
}

export function column(name: string): Fragment {
  return new Fragment([{ column: name }])
}

/** A table, which may have its schema before a dot. */
export function table(name: string): Fragment {
  return new Fragment([{ table: name }])
}

/** Text of ours, never of a user. */
export function raw(text: string): Fragment {
  return new Fragment([{ text }])
}

/** A number in the text, where a bound one would need a type. */
export function literal(value: number): Fragment {
  return raw(String(Number(value)))
}

export function join(fragments: readonly unknown[], separator = ', '): Fragment {
  return new Fragment(
    fragments.flatMap((part, index): readonly Chunk[] => [
      ...(index === 0 ? [] : [{ text: separator }]),
      ...(part instanceof Fragment ? part.chunks : [{ value: part }]),
    ]),
  )
}
