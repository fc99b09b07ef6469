import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { LiveDot } from '@/components/credits/live-dot'

type DemoTabProps = { title: string; balance: ReactNode; children: ReactNode; className?: string }

/** A browser tab in miniature: its address on the left, the balance where the header has it. */
export function DemoTab({ title, balance, children, className }: DemoTabProps) {
  return (
    <div className={clsx('overflow-hidden rounded-xl border bg-card', className ?? 'shadow-lg')}>
      <div className="flex h-11 items-center justify-between gap-3 border-b bg-muted/60 pr-2 pl-4">
        <span className="truncate font-mono text-muted-foreground text-xs">{title}</span>
        <span className="flex h-7 items-center gap-2 rounded-md border bg-card px-2.5 font-medium text-sm">
          <LiveDot />
          {balance}
        </span>
      </div>
      {children}
    </div>
  )
}
