'use client'

import { type FormEvent, type ReactNode, useRef } from 'react'
import { useKeptInput } from '@/components/layout/kept-input'
import { Card, CardContent } from '@/components/ui/card'
import { FieldMessagesProvider } from '@/components/ui/field'
import { useDraft } from './use-draft'
import { useRunEnd } from './use-run-end'

type Props = {
  /** Called when the form is sent, by its button or the Enter key. */
  onRun: () => void
  /** What came of the run, beside the form or, on small screens, below it. */
  result: ReactNode
  /** The fields, each named as the tool names it, and a RunButton. */
  children: ReactNode
}

/**
 * The form of a tool in a card, and the result of its last run. What is typed stays until a run succeeds; what is wrong
 * is said at its field; a result that is out of sight is brought into view.
 */
export function ToolForm({ onRun, result, children }: Props) {
  const form = useKeptInput()
  const place = useRef<HTMLElement>(null)
  useDraft(form)
  const { messages, clear, clearAll } = useRunEnd({ form, result: place })

  function submit(event: FormEvent) {
    event.preventDefault()
    clearAll()
    onRun()
  }

  function onInput({ target }: FormEvent) {
    const field = target instanceof Element && target.closest<HTMLElement>('[data-field]')
    if (field) clear(field.dataset.field ?? '')
  }

  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <Card>
        <CardContent>
          <form ref={form} onSubmit={submit} onInput={onInput} className="grid grid-cols-1 gap-5">
            <FieldMessagesProvider value={messages}>{children}</FieldMessagesProvider>
          </form>
        </CardContent>
      </Card>
      <section
        ref={place}
        tabIndex={-1}
        aria-label="Result"
        className="min-w-0 scroll-mt-20 rounded-xl outline-none focus-visible:ring-2 focus-visible:ring-ring lg:sticky lg:top-24"
      >
        {result}
      </section>
    </div>
  )
}
