import { z } from 'zod'

const fields = z.record(z.string(), z.unknown())

/**
 * An input whose fields go by the names that its schema knows.
 * @param names the name by each other name, as `{ prompt: 'text' }`; what is sent by both keeps both, and is refused later
 */
export function renameFields(sent: unknown, names: Record<string, string> = {}): unknown {
  const read = fields.safeParse(sent)
  if (!read.success) return sent
  return Object.fromEntries(
    Object.entries(read.data).map(([name, value]) => {
      const known = Object.hasOwn(names, name) ? names[name] : undefined
      return [known !== undefined && !Object.hasOwn(read.data, known) ? known : name, value]
    }),
  )
}
