'use client'

import { type ComponentProps, createContext, useContext, useEffect, useId, useRef } from 'react'
import { cn } from '@/lib/utils'

/** What is wrong with fields, by their names. */
export type FieldMessages = Record<string, string>

const Messages = createContext<FieldMessages>({})

/** Tells the named fields inside what is wrong with them. */
export const FieldMessagesProvider = Messages.Provider

type FieldProps = ComponentProps<'div'> & {
  /** What a server calls the field when it refuses it: the message of its form is then shown here. */
  name?: string
}

/** A label, its control, and below them a description or an error. */
export function Field({ className, name, children, ...props }: FieldProps) {
  const message = useContext(Messages)[name ?? '']
  const field = useRef<HTMLDivElement>(null)
  const errorId = useId()
  useEffect(() => {
    const control = field.current?.querySelector('input, textarea, select')
    if (!message || !control) return
    const described = control.getAttribute('aria-describedby')
    control.setAttribute('aria-invalid', 'true')
    control.setAttribute('aria-describedby', [described, errorId].filter(Boolean).join(' '))
    return () => {
      control.removeAttribute('aria-invalid')
      if (described) control.setAttribute('aria-describedby', described)
      else control.removeAttribute('aria-describedby')
    }
  }, [message, errorId])
  return (
    <div ref={field} data-slot="field" data-field={name} className={cn('grid gap-2', className)} {...props}>
      <div className="contents">{children}</div>
      {name && message && <FieldError id={errorId}>{message}</FieldError>}
    </div>
  )
}

/** Help under a control; point the control's `aria-describedby` at its id. */
export function FieldDescription({ className, ...props }: ComponentProps<'p'>) {
  return (
    <p data-slot="field-description" className={cn('text-muted-foreground text-sm', className)} {...props} />
  )
}

/** What is wrong with the control, spoken when it appears; renders nothing without a message. */
export function FieldError({ className, children, ...props }: ComponentProps<'p'>) {
  if (!children) return null
  return (
    <p
      role="alert"
      data-slot="field-error"
      className={cn('text-destructive-soft-foreground text-sm', className)}
      {...props}
    >
      {children}
    </p>
  )
}
