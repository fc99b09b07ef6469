'use client'

import { type ReactNode, useEffect } from 'react'
import { useKeptInput } from '@/components/layout/kept-input'
import { Alert, AlertDescription } from '@/components/ui/alert'
import type { FormState } from '@/lib/auth/form-state'

type AuthFormProps = {
  action: (data: FormData) => void
  state: FormState
  /** Where to go afterwards, handed on to the action. */
  next?: string
  children: ReactNode
}

/** A form that says what went wrong, leads to the first wrong field, and keeps what was typed. */
export function AuthForm({ action, state, next, children }: AuthFormProps) {
  const form = useKeptInput()

  useEffect(() => {
    // React empties a form once its action has run. Without scripts the server's `values` fill it in again.
    const keepFields = (event: Event) => event.preventDefault()
    const element = form.current
    element?.addEventListener('reset', keepFields)
    return () => element?.removeEventListener('reset', keepFields)
  }, [form])

  useEffect(() => {
    if (state.errors) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [form, state])

  return (
    <form ref={form} action={action} noValidate className="grid gap-5">
      {next && <input type="hidden" name="next" value={next} />}
      {state.message && (
        <Alert variant="destructive" role="alert">
          <AlertDescription className="opacity-100">{state.message}</AlertDescription>
        </Alert>
      )}
      <div className="grid gap-5">{children}</div>
    </form>
  )
}
