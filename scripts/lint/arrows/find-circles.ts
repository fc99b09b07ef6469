export type Graph = ReadonlyMap<string, readonly string[]>

/** One circle of imports for each group of files that reach each other, as the files in order. */
export function findCircles(graph: Graph): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  for (const file of graph.keys()) visit(file, [], new Set())
  return circles

  function visit(file: string, path: string[], open: Set<string>): void {
    if (open.has(file)) circles.push([...path.slice(path.indexOf(file)), file])
    if (open.has(file) || done.has(file)) return
    open.add(file)
    for (const next of graph.get(file) ?? []) visit(next, [...path, file], open)
    open.delete(file)
    done.add(file)
  }
}
