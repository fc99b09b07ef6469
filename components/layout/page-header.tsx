import type { ReactNode } from 'react'

type PageHeaderProps = {
  title: string
  /** One sentence on what the page is for. */
  description?: ReactNode
  /** Buttons at the end of the header; below it on small screens. */
  actions?: ReactNode
}

/** How it looks, also while the page is on its way. */
export const HEADER_CLASSES = {
  header: 'flex flex-col gap-4 sm:flex-row sm:items-start sm:justify-between',
  title: 'font-semibold text-2xl tracking-tight',
  description: 'max-w-prose text-muted-foreground text-sm',
} as const

/** The heading every signed-in page begins with. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  return (
    <header className={HEADER_CLASSES.header}>
      <div className="grid gap-1">
        <h1 className={HEADER_CLASSES.title}>{title}</h1>
        {description && <p className={HEADER_CLASSES.description}>{description}</p>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2 max-sm:flex-wrap">{actions}</div>}
    </header>
  )
}
