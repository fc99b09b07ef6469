import { findCircles } from './find-circles.ts'
import { mayImport, moduleOf } from './modules.ts'
import { readImports } from './read-imports.ts'

/**
 * Reads every file and holds its imports against the modules.
 * @returns one sentence for each import that goes the wrong way or leads nowhere, each circle, and each file that could
 * not be read or is in no module
 */
export function checkArrows(root: string, files: readonly string[]): string[] {
  const problems: string[] = []
  const graph = new Map<string, string[]>()
  for (const file of files) {
    const module = moduleOf(file)
    if (!module) problems.push(`${file} is in no module; name its folder in scripts/lint/arrows/modules.ts`)
    try {
      const targets: string[] = []
      for (const { specifier, target } of readImports(root, file)) {
        if (!target) problems.push(`${file} imports ${specifier}, which is not there`)
        else if (module && !mayImport(file, module, target))
          problems.push(`${file} must not import ${target}`)
        if (target) targets.push(target)
      }
      graph.set(file, targets)
    } catch (error) {
      problems.push(`${file}: ${error instanceof Error ? error.message : error}`)
    }
  }
  for (const circle of findCircles(graph)) problems.push(`Circle: ${circle.join(' → ')}`)
  if (graph.size !== files.length)
    problems.push(`${files.length - graph.size} of ${files.length} files were not read`)
  return problems
}
