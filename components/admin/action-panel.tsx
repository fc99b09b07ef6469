'use client'

import type { ReactElement, ReactNode } from 'react'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'

export type ActionPanelProps = {
  button: ReactElement
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description: string
  /** The form. */
  children: ReactNode
}

/** What `ActionSheet` opens. */
export function ActionPanel({ button, open, onOpenChange, title, description, children }: ActionPanelProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetTrigger asChild>{button}</SheetTrigger>
      <SheetContent side="right">
        <div className="grid gap-1 pr-8">
          <SheetTitle className="font-semibold tracking-tight">{title}</SheetTitle>
          <p className="break-words text-muted-foreground text-sm">{description}</p>
        </div>
        {children}
      </SheetContent>
    </Sheet>
  )
}
