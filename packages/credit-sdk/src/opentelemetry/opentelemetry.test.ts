import { SpanStatusCode, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { CreditsEngine, MockAdapter } from '../index.ts'
import { traceOperations } from './index.ts'

const exporter = new InMemorySpanExporter()
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
const config = { costs: { act: { default: 10 } } }

beforeAll(() => void trace.setGlobalTracerProvider(provider))
beforeEach(() => exporter.reset())
afterAll(() => {
  trace.disable()
  return provider.shutdown()
})

const spans = () =>
  exporter.getFinishedSpans().map(({ name, attributes, status }) => ({ name, attributes, code: status.code }))

test('a charge is a span, and a refusal is no failure of the service', async () => {
  const storage = new MockAdapter([{ id: 'ada', credits: 10 }])
  const engine = new CreditsEngine({ storage, config, observe: traceOperations() })
  await engine.charge({ userId: 'ada', action: 'act' })
  await expect(engine.charge({ userId: 'ada', action: 'act' })).rejects.toThrow()
  const attributes = { 'credits.operation': 'charge', 'credits.action': 'act' }
  expect(spans()).toEqual([
    { name: 'credits.charge', attributes, code: SpanStatusCode.UNSET },
    {
      name: 'credits.charge',
      attributes: { ...attributes, 'credits.refusal': 'INSUFFICIENT_CREDITS' },
      code: SpanStatusCode.UNSET,
    },
  ])
})

test('an error of the database fails the span', async () => {
  const storage = new MockAdapter([{ id: 'ada', credits: 10 }])
  storage.transaction = () => Promise.reject(new TypeError('the database is away'))
  const engine = new CreditsEngine({ storage, config, observe: traceOperations() })
  await expect(engine.charge({ userId: 'ada', action: 'act' })).rejects.toThrow('the database is away')
  const [span] = exporter.getFinishedSpans()
  expect(span).toMatchObject({
    status: { code: SpanStatusCode.ERROR },
    attributes: { 'error.type': 'TypeError' },
    events: [{ name: 'exception' }],
  })
})

test('the user is named only where that is asked for, on a tracer of your own too', async () => {
  const observe = traceOperations({ tracer: provider.getTracer('mine'), withUserId: true })
  const engine = new CreditsEngine({ storage: new MockAdapter([{ id: 'ada' }]), config, observe })
  await engine.queryBalance('ada')
  expect(spans()).toMatchObject([{ name: 'credits.queryBalance', attributes: { 'enduser.id': 'ada' } }])
})
