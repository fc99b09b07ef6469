import type { ComponentProps } from 'react'
import { cn } from '@/lib/utils'

/** On or off: a checkbox that looks and sounds like a switch. With a `name`, its form sends `on` when it is. */
export function Switch({ className, ...props }: Omit<ComponentProps<'input'>, 'type' | 'role'>) {
  return (
    <input
      type="checkbox"
      // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says itself whether it is checked
      role="switch"
      data-slot="switch"
      className={cn(
        'inline-flex h-5 w-9 shrink-0 cursor-pointer appearance-none items-center rounded-full bg-muted-foreground/60 px-0.5 transition-colors before:size-4 before:rounded-full before:bg-card before:shadow-xs before:transition-transform checked:bg-primary checked:before:translate-x-4 disabled:cursor-not-allowed disabled:opacity-50 motion-reduce:before:transition-none',
        className,
      )}
      {...props}
    />
  )
}
