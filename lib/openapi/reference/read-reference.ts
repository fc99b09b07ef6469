import { curlCommand } from './curl-command'
import {
  type DocumentOperation,
  documentShape,
  type JsonSchema,
  type OpenApiDocument,
} from './document-shape'
import { exampleValue } from './example-value'
import { describeField, type Field, isFile, listFields, type Resolve } from './list-fields'

/** What is typed to try a call: a value of its address, its query, its headers or its form. */
export type CallInput = {
  name: string
  in: 'path' | 'query' | 'header' | 'form'
  kind: 'text' | 'choice' | 'file'
  required: boolean
  choices: string[]
  value: string
}

/** What the browser needs to make a call; `json` is the body that is offered, null where there is none. */
export type CallDescription = {
  id: string
  method: 'get' | 'post'
  path: string
  inputs: CallInput[]
  json: string | null
}

/** A response, with its fields; a refusal has those of `Problem`. */
export type OperationResponse = { status: string; description: string; fields: Field[] }

export type ReferenceOperation = CallDescription & {
  summary: string
  description: string
  curl: string
  price: DocumentOperation['x-price']
  parameters: (Field & { in: string })[]
  body: { contentType: string; fields: Field[] } | null
  responses: OperationResponse[]
  refusals: OperationResponse[]
}

/** The operations of a tag, and the fields of every refusal. */
export type Reference = {
  groups: { name: string; description: string; operations: ReferenceOperation[] }[]
  problem: Field[]
}

/** Reads an OpenAPI document as people do: by tag, with tables, samples and what it takes to try a call. */
export function readReference(source: object): Reference {
  const document = documentShape.parse(source)
  const resolve = resolverOf(document)
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const operation = methods[method]
      if (!operation) return []
      const read = readOperation({ method, path, operation, resolve, base: document.servers[0].url })
      return [{ tag: operation.tags[0], read }]
    }),
  )
  return {
    groups: document.tags.map((group) => ({
      ...group,
      operations: operations.filter(({ tag }) => tag === group.name).map(({ read }) => read),
    })),
    problem: listFields({ $ref: '#/components/schemas/Problem' }, resolve),
  }
}

type Part = {
  method: 'get' | 'post'
  path: string
  operation: DocumentOperation
  resolve: Resolve
  base: string
}

function readOperation({ method, path, operation, resolve, base }: Part): ReferenceOperation {
  const [contentType = '', media] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const schema = media?.schema
  const isForm = schema !== undefined && contentType === 'multipart/form-data'
  const json = schema && !isForm ? exampleValue(schema, resolve) : undefined
  const form = isForm ? listFormInputs(resolve(schema), resolve) : []
  const responses = Object.entries(operation.responses).map(([status, { description, content }]) => {
    const response = content['application/json'] ?? Object.values(content)[0]
    return { status, description, fields: response ? listFields(response.schema, resolve) : [] }
  })
  return {
    id: operation.operationId,
    ...{ method, path, summary: operation.summary, description: operation.description },
    inputs: [...operation.parameters.map((part) => toInput(part, part.in, resolve)), ...form],
    json: json === undefined ? null : JSON.stringify(json, null, 2),
    curl: curlCommand({
      ...{ method, json },
      url: base + path.replace('{id}', '1'),
      form: form.map(({ name, kind, value }) => [name, kind === 'file' ? '@file' : value]),
    }),
    price: operation['x-price'],
    parameters: operation.parameters.map(({ name, in: place, required, description, schema: of }) => {
      const field = describeField(name, of, required, resolve)
      return { ...field, notes: [description, ...field.notes].filter(Boolean), in: place }
    }),
    body: schema ? { contentType, fields: listFields(schema, resolve) } : null,
    responses: responses.filter(({ status }) => status < '300'),
    refusals: responses.filter(({ status }) => status >= '300'),
  }
}

type Typed = { name: string; required: boolean; schema: JsonSchema }

function toInput({ name, required, schema }: Typed, place: CallInput['in'], resolve: Resolve): CallInput {
  const { items, enum: choices = [], default: preset } = resolve(schema)
  return {
    ...{ name, required, in: place, choices: choices.map(String) },
    kind: isFile(resolve(items ?? schema)) ? 'file' : choices.length > 0 ? 'choice' : 'text',
    value: String(preset ?? choices[0] ?? ''),
  }
}

function listFormInputs({ properties = {}, required = [] }: JsonSchema, resolve: Resolve): CallInput[] {
  return Object.entries(properties).map(([name, schema]) =>
    toInput({ name, required: required.includes(name), schema }, 'form', resolve),
  )
}

function resolverOf({ components }: OpenApiDocument): Resolve {
  const resolve: Resolve = (schema) => {
    const name = schema.$ref?.split('/').at(-1)
    const target = name === undefined ? undefined : components.schemas[name]
    return target ? resolve(target) : schema
  }
  return resolve
}
