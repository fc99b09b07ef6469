import type { VariantProps } from 'class-variance-authority'
import { Loader2Icon } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps, MouseEvent } from 'react'
import { cn } from '@/lib/utils'
import { buttonVariants } from './button-variants'

type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonVariants> & {
    /** Renders the only child (a link, say) with the look of a button. */
    asChild?: boolean
    /** Shows a spinner and takes no clicks; the label stays, so the width does not jump, and so does the focus. */
    loading?: boolean
  }

export function Button({
  className,
  variant,
  size,
  asChild = false,
  loading = false,
  disabled,
  onClick,
  children,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className)
  if (asChild) {
    return (
      <Slot.Root data-slot="button" className={classes} onClick={onClick} {...props}>
        {children}
      </Slot.Root>
    )
  }
  return (
    <button
      type="button"
      data-slot="button"
      className={classes}
      disabled={disabled && !loading}
      aria-busy={loading || undefined}
      aria-disabled={loading || undefined}
      onClick={loading ? refuseClick : onClick}
      {...props}
    >
      {loading && <Loader2Icon aria-hidden className="animate-spin" />}
      <span className="contents">{children}</span>
    </button>
  )
}

/** What is disabled would lose the focus; this keeps it, and its form is not sent a second time. */
function refuseClick(event: MouseEvent) {
  event.preventDefault()
}
