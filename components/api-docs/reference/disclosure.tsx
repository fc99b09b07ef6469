import { PlusIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/utils'

type Props = {
  title: string
  /** Of what, for who hears the page: the eye sees where it stands. */
  of?: string
  className?: string
  children: ReactNode
}

/** Something that is shown on demand, without a script. */
export function Disclosure({ title, of, className, children }: Props) {
  return (
    <details className={cn('group min-w-0 rounded-lg border bg-card', className)}>
      <summary className="flex min-h-11 cursor-pointer list-none items-center justify-between gap-4 px-4 py-2 font-medium text-sm [&::-webkit-details-marker]:hidden">
        <span>
          <span>{title}</span>
          {of && <span className="sr-only">{`: ${of}`}</span>}
        </span>
        <PlusIcon
          aria-hidden
          className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-45"
        />
      </summary>
      <div className="border-t p-4">{children}</div>
    </details>
  )
}
