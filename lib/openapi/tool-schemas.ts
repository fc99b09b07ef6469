import { z } from 'zod'
import type { ToolDescription } from '@/lib/tool-runner/describe-tool'

const withDefinitions = z.looseObject({ $defs: z.record(z.string(), z.looseObject({})).default({}) })

/** The name of a tool in operations and components: `text-generation` is `textGeneration`. */
export function toName(toolId: string): string {
  return toolId.replaceAll(/[^a-zA-Z0-9]+(.)/g, (_, letter: string) => letter.toUpperCase())
}

/**
 * The input of a tool as components of the document. Schemas that refer to themselves do so from the root of their own
 * document, which is another one here.
 */
export function toolSchemas({ id, input }: ToolDescription): Record<string, object> {
  const root = `${toName(id)}Input`
  const { $defs, ...schema } = withDefinitions.parse(input)
  const definitions = Object.entries($defs).map(([name, definition]) => [`${root}_${name}`, definition])
  return Object.fromEntries(
    [[root, schema], ...definitions].map(([name, part]) => [name, moveReferences(part, root)]),
  )
}

function moveReferences(part: unknown, root: string): unknown {
  if (Array.isArray(part)) return part.map((value) => moveReferences(value, root))
  if (typeof part !== 'object' || part === null) return part
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? moveReference(value, root) : moveReferences(value, root),
    ]),
  )
}

function moveReference(reference: string, root: string): string {
  const place = `#/components/schemas/${root}`
  return reference === '#' ? place : reference.replace(/^#\/\$defs\//, `${place}_`)
}
