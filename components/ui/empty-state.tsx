import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/utils'

type EmptyStateProps = {
  icon: LucideIcon
  /** A few words; a heading where the page has no other. */
  title: ReactNode
  /** What to do next, in one sentence. */
  description: ReactNode
  /** The button or link that does it. */
  action?: ReactNode
  className?: string
}

/** What a list shows before it has anything in it. */
export function EmptyState({ icon: Icon, title, description, action, className }: EmptyStateProps) {
  return (
    <div
      data-slot="empty-state"
      className={cn('flex flex-col items-center gap-4 px-6 py-12 text-center', className)}
    >
      <span className="flex size-10 items-center justify-center rounded-lg border bg-muted text-muted-foreground">
        <Icon aria-hidden className="size-5" />
      </span>
      <div className="grid max-w-sm gap-1">
        <div className="font-medium text-sm">{title}</div>
        <p className="text-balance text-muted-foreground text-sm">{description}</p>
      </div>
      {action}
    </div>
  )
}
