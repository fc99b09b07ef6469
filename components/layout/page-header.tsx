import type { ReactNode } from 'react'

type PageHeaderProps = {
  title: string
  /** One sentence on what the page is for. */
  description?: ReactNode
  /** Buttons at the end of the header; below it on small screens. */
  actions?: ReactNode
}

/** The heading every signed-in page begins with. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-col gap-4 sm:flex-row sm:items-start sm:justify-between">
      <div className="grid gap-1">
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
        {description && <p className="max-w-prose text-muted-foreground text-sm">{description}</p>}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-2 max-sm:flex-wrap">{actions}</div>}
    </header>
  )
}
