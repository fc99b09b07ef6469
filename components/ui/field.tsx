import type { ComponentProps } from 'react'
import { cn } from '@/lib/utils'

/** A label, its control, and below them a description or an error. */
export function Field({ className, ...props }: ComponentProps<'div'>) {
  return <div data-slot="field" className={cn('grid gap-2', className)} {...props} />
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
