'use client'

import { XIcon } from 'lucide-react'
import { Dialog as SheetPrimitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/utils'

export const Sheet = SheetPrimitive.Root
export const SheetTrigger = SheetPrimitive.Trigger
export const SheetTitle = SheetPrimitive.Title

const SIDES = {
  left: 'data-[state=closed]:slide-out-to-left data-[state=open]:slide-in-from-left left-0 w-72 border-r',
  right: 'data-[state=closed]:slide-out-to-right data-[state=open]:slide-in-from-right right-0 w-96 border-l',
}

type SheetContentProps = ComponentProps<typeof SheetPrimitive.Content> & { side?: keyof typeof SIDES }

/** A panel that slides in: from the left a menu, from the right more about something. */
export function SheetContent({ side = 'left', className, children, ...props }: SheetContentProps) {
  return (
    <SheetPrimitive.Portal>
      <SheetPrimitive.Overlay className="data-[state=closed]:fade-out-0 data-[state=open]:fade-in-0 fixed inset-0 z-50 bg-black/50 data-[state=closed]:animate-out data-[state=open]:animate-in" />
      <SheetPrimitive.Content
        data-slot="sheet-content"
        aria-describedby={undefined}
        className={cn(
          'fixed inset-y-0 z-50 flex max-w-[85vw] flex-col gap-6 overflow-y-auto bg-background p-5 shadow-xl duration-200 data-[state=closed]:animate-out data-[state=open]:animate-in',
          SIDES[side],
          className,
        )}
        {...props}
      >
        {children}
        <SheetPrimitive.Close
          className="absolute top-4 right-4 rounded-sm p-1 pointer-coarse:top-1.5 pointer-coarse:right-1.5 pointer-coarse:p-3.5 text-muted-foreground transition-colors hover:text-foreground"
          aria-label="Close"
        >
          <XIcon aria-hidden className="size-4" />
        </SheetPrimitive.Close>
      </SheetPrimitive.Content>
    </SheetPrimitive.Portal>
  )
}
