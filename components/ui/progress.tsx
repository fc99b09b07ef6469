import type { ComponentProps } from 'react'
import { cn } from '@/lib/utils'

/** How far something has come: `value` of `max`. Give it an `aria-label`. */
export function Progress({ className, ...props }: ComponentProps<'progress'>) {
  return (
    <progress
      data-slot="progress"
      className={cn(
        'h-1.5 w-full appearance-none overflow-hidden rounded-full bg-muted [&::-moz-progress-bar]:bg-primary [&::-webkit-progress-bar]:bg-muted [&::-webkit-progress-value]:rounded-full [&::-webkit-progress-value]:bg-primary [&::-webkit-progress-value]:transition-[width]',
        className,
      )}
      {...props}
    />
  )
}
