import { clsx } from 'clsx'

/** The dot beside a balance: green while it follows the database, amber while it waits for the connection. */
export function LiveDot({ live = true, className }: { live?: boolean; className?: string }) {
  return (
    <span
      aria-hidden
      className={clsx('size-1.5 shrink-0 rounded-full', live ? 'bg-primary' : 'bg-warning', className)}
    />
  )
}
