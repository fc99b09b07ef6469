import { type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { Operation, OperationObserver } from '../engine/observe.ts'
import { CreditsSDKError } from '../errors.ts'

export type TraceOptions = {
  /** By default that of the global provider, under the name `credit-sdk`. */
  tracer?: Tracer
  /** Whether spans carry the user's id (`enduser.id`), which may be personal data. Off by default. */
  withUserId?: boolean
}

/**
 * A span for each call of an engine, as `credits.charge`, with the action. A refusal, as of a balance that is short, is
 * no failure of the service: it is the attribute `credits.refusal`. Other errors fail the span.
 * @example new CreditsEngine({ storage, config, observe: traceOperations() })
 */
export function traceOperations({ tracer, withUserId = false }: TraceOptions = {}): OperationObserver {
  return (operation, run) => {
    const attributes = describeOperation(operation, withUserId)
    // Asked for each time: the provider may be registered later.
    const active = tracer ?? trace.getTracer('credit-sdk')
    return active.startActiveSpan(`credits.${operation.name}`, { attributes }, async (span) => {
      try {
        return await run()
      } catch (error) {
        recordFailure(span, error)
        throw error
      } finally {
        span.end()
      }
    })
  }
}

function describeOperation({ name, action, userId }: Operation, withUserId: boolean): Record<string, string> {
  return {
    'credits.operation': name,
    ...(action !== undefined && { 'credits.action': action }),
    ...(withUserId && userId !== undefined && { 'enduser.id': userId }),
  }
}

function recordFailure(span: Span, error: unknown): void {
  if (error instanceof CreditsSDKError && error.code !== 'STORAGE_CONFLICT') {
    span.setAttribute('credits.refusal', error.code)
    return
  }
  const name = error instanceof Error ? error.name : typeof error
  span.setAttribute('error.type', error instanceof CreditsSDKError ? error.code : name)
  if (error instanceof Error) span.recordException(error)
  span.setStatus({ code: SpanStatusCode.ERROR })
}
