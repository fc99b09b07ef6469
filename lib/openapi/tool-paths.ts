import type { ToolDescription } from '@/lib/tool-runner/describe-tool'
import { queued, quote, receipt } from './answers'
import { toOperation, toSchema } from './operation'
import { toName } from './tool-schemas'

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Sent again with the same input, the request is paid once and gets its first answer again.',
  schema: { type: 'string', pattern: '^[\\w.:-]{1,128}$' },
}

const EVENTS = {
  schema: { type: 'string', description: '`progress` events, then one `result` or `error`.' },
}

/** The operations of a tool: its run, and its price for an input. */
export function toolPaths(tool: ToolDescription): Record<string, object> {
  const { id, name, description, contentType, unit, prices, requiredTier, limits, creditType, background } =
    tool
  const operationId = toName(id)
  const schema = { $ref: `#/components/schemas/${operationId}Input` }
  const requestBody = { required: true, content: { [contentType]: { schema } } }
  const run = toOperation({
    id: `run_${operationId}`,
    summary: name,
    description,
    tag: 'Tools',
    parameters: [IDEMPOTENCY_KEY],
    requestBody,
    answer: {
      'application/json': { schema: toSchema(receipt) },
      ...(!background && { 'text/event-stream': EVENTS }),
    },
    accepted: background ? { 'application/json': { schema: toSchema(queued) } } : undefined,
    refusals: [402, 404, 409, 413, 415, 503, 504],
    extensions: { 'x-price': { unit, creditType, prices, requiredTier }, 'x-limits': limits },
  })
  const price = toOperation({
    id: `price_${operationId}`,
    summary: `${name}: the price`,
    description: 'What the run would cost. Nothing is run or charged.',
    tag: 'Tools',
    requestBody,
    answer: { 'application/json': { schema: toSchema(quote) } },
    refusals: [404, 413, 415],
  })
  return {
    [`/api/v1/tools/${id}`]: { post: run },
    [`/api/v1/tools/${id}/price`]: { post: price },
  }
}
