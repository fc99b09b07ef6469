'use client'

import type { FormEvent, ReactNode } from 'react'
import { useKeptInput } from '@/components/layout/kept-input'
import { Card, CardContent } from '@/components/ui/card'

type Props = {
  /** Called when the form is sent, by its button or the Enter key. */
  onRun: () => void
  /** What came of the run, beside the form or, on small screens, below it. */
  result: ReactNode
  /** The fields, and a RunButton. */
  children: ReactNode
}

/** The form of a tool in a card, and the result of its last run. */
export function ToolForm({ onRun, result, children }: Props) {
  const form = useKeptInput()

  function submit(event: FormEvent) {
    event.preventDefault()
    onRun()
  }

  return (
    <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <Card>
        <CardContent>
          <form ref={form} onSubmit={submit} className="grid grid-cols-1 gap-5">
            {children}
          </form>
        </CardContent>
      </Card>
      {result}
    </div>
  )
}
