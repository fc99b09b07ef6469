'use client'

import { ToggleGroup as TogglePrimitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/utils'

/** A row of choices of which one (or several) is pressed, drawn as one segmented control. */
export function ToggleGroup({ className, ...props }: ComponentProps<typeof TogglePrimitive.Root>) {
  return (
    <TogglePrimitive.Root
      data-slot="toggle-group"
      className={cn(
        'inline-flex w-fit max-w-full flex-wrap items-center gap-1 rounded-lg border bg-muted p-1',
        className,
      )}
      {...props}
    />
  )
}

export function ToggleGroupItem({ className, ...props }: ComponentProps<typeof TogglePrimitive.Item>) {
  return (
    <TogglePrimitive.Item
      data-slot="toggle-group-item"
      className={cn(
        "inline-flex h-7 items-center pointer-coarse:h-11 pointer-coarse:min-w-11 justify-center gap-2 whitespace-nowrap rounded-md px-2 font-medium min-[360px]:px-3 text-muted-foreground text-sm transition-colors hover:text-foreground disabled:pointer-events-none disabled:opacity-50 data-[state=on]:bg-card data-[state=on]:text-foreground data-[state=on]:shadow-xs dark:data-[state=on]:bg-input [&_svg:not([class*='size-'])]:size-4",
        className,
      )}
      {...props}
    />
  )
}
