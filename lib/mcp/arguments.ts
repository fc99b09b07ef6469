import { z } from 'zod'
import { parseInput } from '@/lib/http'
import { toSchema } from '@/lib/openapi/operation'
import type { ToolDescription } from '@/lib/tool-runner/describe-tool'

const jsonSchema = z.looseObject({
  format: z.string().optional(),
  get items() {
    return jsonSchema.optional()
  },
})

/** A file as an agent sends it, which has JSON alone. */
const sentFile = z.strictObject({
  name: z.string().max(200).default('file').describe('Its name, with its extension.'),
  type: z.string().max(100).default('').describe('Its media type.'),
  data: z.base64().describe('What is in it, as base64.'),
})
const { $schema: _, ...FILE_SCHEMA } = z.toJSONSchema(sentFile, { io: 'input' })

/** A schema as the protocol takes it: that of an object. */
export const objectSchema = (schema: z.ZodType) => ({ ...toSchema(schema), type: 'object' as const })

const fieldsOf = ({ input }: ToolDescription) =>
  z.looseObject({ properties: z.record(z.string(), jsonSchema).default({}) }).parse(input)

const isFile = (schema: z.output<typeof jsonSchema>) => schema.format === 'binary'

/** The input of a tool as JSON Schema of its arguments: that of its request, with files as base64. */
export function argumentsSchema(tool: ToolDescription) {
  const type = 'object' as const
  if (tool.contentType === 'application/json') return { ...tool.input, type }
  const { properties, ...rest } = fieldsOf(tool)
  const readable = Object.entries(properties).map(([name, schema]) => [name, withFiles(schema)])
  return { ...rest, type, properties: Object.fromEntries(readable) }
}

function withFiles(schema: z.output<typeof jsonSchema>): object {
  if (isFile(schema)) return FILE_SCHEMA
  return schema.items ? { ...schema, items: withFiles(schema.items) } : schema
}

/** The arguments of a call as the body that the tool reads. @throws BadRequestError for a file that is none */
export function toBody(tool: ToolDescription, given: Record<string, unknown>): object {
  if (tool.contentType === 'application/json') return given
  const { properties } = fieldsOf(tool)
  const form = new FormData()
  for (const [name, value] of Object.entries(given)) {
    const schema = properties[name]
    const holdsFiles = schema !== undefined && isFile(schema.items ?? schema)
    for (const part of Array.isArray(value) ? value : [value]) {
      if (holdsFiles) form.append(name, toFile(part))
      else form.append(name, typeof part === 'string' ? part : JSON.stringify(part))
    }
  }
  return form
}

function toFile(sent: unknown): File {
  const { name, type, data } = parseInput(sentFile, sent)
  return new File([Buffer.from(data, 'base64')], name, { type })
}
