import type { ReactNode } from 'react'
import { Sheet, SheetContent, SheetTitle, SheetTrigger } from '@/components/ui/sheet'

type ActionSheetProps = {
  open: boolean
  onOpenChange: (open: boolean) => void
  /** The button that opens it. */
  trigger: ReactNode
  title: string
  description: string
  /** The form. */
  children: ReactNode
}

/** Where an admin says how something is to be done to a user. */
export function ActionSheet({ open, onOpenChange, trigger, title, description, children }: ActionSheetProps) {
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetTrigger asChild>{trigger}</SheetTrigger>
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
