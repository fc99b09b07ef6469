'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { FieldError } from '@/components/ui/field'
import type { CallDescription } from '@/lib/openapi/reference/read-reference'
import { ApiKeyField, useApiKey } from './api-key'
import { CallFields } from './call-fields'
import { type CallResponse, sendCall } from './send-call'

/** Makes a call with the reader's own key, and shows what comes back. */
export function TryCall({ call, costs }: { call: CallDescription; costs: boolean }) {
  const { key } = useApiKey()
  const [sending, setSending] = useState(false)
  const [response, setResponse] = useState<CallResponse | null>(null)
  const [error, setError] = useState('')

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (sending) return
    const form = new FormData(event.currentTarget)
    setSending(true)
    setError('')
    setResponse(null)
    try {
      setResponse(await sendCall(call, form, key))
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause))
    }
    setSending(false)
  }

  return (
    <form onSubmit={send} className="grid gap-4">
      <ApiKeyField />
      <CallFields inputs={call.inputs} json={call.json} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button type="submit" loading={sending}>
          Send
        </Button>
        {costs && (
          <p className="text-muted-foreground text-sm">This runs the tool, and spends your credits.</p>
        )}
      </div>
      <FieldError>{error}</FieldError>
      <div role="status" className="min-w-0 empty:hidden">
        {response && <ShownResponse id={call.id} response={response} />}
      </div>
    </form>
  )
}

function ShownResponse({ id, response: { status, ms, rate, body } }: { id: string; response: CallResponse }) {
  return (
    <div className="grid gap-2">
      <p className="figures flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-sm">
        <strong className="font-medium text-foreground">{`Status ${status}`}</strong>
        <span>{`${ms} ms`}</span>
        {rate && <code className="font-mono text-xs leading-5">{`RateLimit: ${rate}`}</code>}
      </p>
      <section
        aria-label={`Response of ${id}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-md border bg-muted/60 p-3"
      >
        <pre className="font-mono text-xs leading-5">{body}</pre>
      </section>
    </div>
  )
}
