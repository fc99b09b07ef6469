import { transactionQuery } from '@/lib/credits/history-query'
import { positiveId } from '@/lib/http/positive-id'
import type { ToolDescription } from '@/lib/tool-runner/describe-tool'
import { balance, cancellation, run, toolList, transactions } from './answers'
import { components, toOperation, toParameters, toSchema } from './operation'
import { toolPaths } from './tool-paths'
import { toolSchemas } from './tool-schemas'

/** Who offers the API, and where. */
type Service = { name: string; url: string; version: string }

const RUN_ID = { name: 'id', in: 'path', required: true, schema: toSchema(positiveId) }

const json = (schema: Parameters<typeof toSchema>[0]) => ({
  'application/json': { schema: toSchema(schema) },
})

/** The public API as an OpenAPI 3.1 document: each tool with its input and, as `x-price`, what it costs. */
export function toOpenApi(tools: readonly ToolDescription[], { name, url, version }: Service): object {
  return {
    openapi: '3.1.1',
    info: {
      title: `${name} API`,
      version,
      description:
        'Run tools and pay by the credit. Amounts are whole credits, times are ISO 8601. Errors are problem details.',
    },
    servers: [{ url }],
    security: [{ key: [] }],
    tags: [
      { name: 'Tools', description: 'What can be run.' },
      { name: 'Account', description: 'What the owner of the key has, and did.' },
    ],
    paths: {
      '/api/v1/tools': {
        get: toOperation({
          id: 'list_tools',
          summary: 'List the tools',
          tag: 'Tools',
          answer: json(toolList),
          refusals: [],
        }),
      },
      ...Object.assign({}, ...tools.map(toolPaths)),
      '/api/v1/balance': {
        get: toOperation({
          id: 'get_balance',
          summary: 'Read the balance',
          description: 'Needs the scope `balance:read`.',
          tag: 'Account',
          answer: json(balance),
          refusals: [],
        }),
      },
      '/api/v1/transactions': {
        get: toOperation({
          id: 'list_transactions',
          summary: 'List the transactions',
          description: 'Newest first. Needs the scope `history:read`.',
          tag: 'Account',
          parameters: toParameters(transactionQuery),
          answer: json(transactions),
          refusals: [],
        }),
      },
      '/api/v1/runs/{id}': {
        get: toOperation({
          id: 'get_run',
          summary: 'Read a run',
          description: 'With its response, while that is kept. Needs the scope `history:read`.',
          tag: 'Account',
          parameters: [RUN_ID],
          answer: json(run),
          refusals: [404],
        }),
      },
      '/api/v1/runs/{id}/cancel': {
        post: toOperation({
          id: 'cancel_run',
          summary: 'Cancel a run',
          description: 'One that this key has started. It ends within seconds.',
          tag: 'Account',
          parameters: [RUN_ID],
          answer: json(cancellation),
          refusals: [404],
        }),
      },
    },
    components: {
      ...components,
      schemas: { ...components.schemas, ...Object.assign({}, ...tools.map(toolSchemas)) },
    },
  }
}
