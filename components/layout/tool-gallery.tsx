import { ArrowRightIcon, LockIcon, type LucideIcon } from 'lucide-react'
import type { Route } from 'next'
import { type ReactNode, useId } from 'react'
import { AccountLink } from '@/components/layout/account-link'
import { Badge } from '@/components/ui/badge'
import { listInWords } from '@/lib/text'

type GalleryTool = {
  href: Route | `/tools/${string}`
  icon: LucideIcon
  name: string
  summary: string
  price: string
  /** Whether an admin has switched it off for now. */
  off: boolean
  /** The plans that open it, for who may not run it yet; null for who may. */
  plans: readonly string[] | null
}

type ToolGalleryProps = {
  title: string
  /** Where links lead to it: `#titleId`. */
  titleId?: string
  tools: readonly GalleryTool[]
}

const CARD =
  'group flex h-full flex-col gap-3 rounded-xl border bg-card p-5 shadow-xs transition-colors hover:border-primary/50'

/** Tools side by side, each with its price; locked ones lead to the plans. */
export function ToolGallery({ title, titleId, tools }: ToolGalleryProps) {
  const ownId = useId()
  const id = titleId ?? ownId
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <h2 id={id} className="font-semibold text-[0.9375rem] tracking-tight">
        {title}
      </h2>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {tools.map((tool) => (
          <li key={tool.href}>
            {tool.plans ? <LockedTool tool={tool} plans={tool.plans} /> : <OpenTool tool={tool} />}
          </li>
        ))}
      </ul>
    </section>
  )
}

function OpenTool({ tool }: { tool: GalleryTool }) {
  return (
    <AccountLink href={tool.href} className={CARD}>
      <ToolText tool={tool}>
        <ArrowRightIcon
          aria-hidden
          className="size-4 text-muted-foreground transition-transform group-hover:translate-x-0.5"
        />
      </ToolText>
    </AccountLink>
  )
}

function LockedTool({ tool, plans }: { tool: GalleryTool; plans: readonly string[] }) {
  const names = listInWords(plans, 'disjunction')
  const locked = (
    <>
      <ToolText tool={tool}>
        <LockIcon aria-hidden className="size-4 text-muted-foreground" />
      </ToolText>
      <span className="text-xs">{plans.length > 0 ? `Opens with ${names}` : 'Not for sale for now'}</span>
    </>
  )
  // #region payments
  if (plans.length > 0) {
    return (
      <AccountLink href="/buy-credits?show=plans" className={CARD}>
        {locked}
      </AccountLink>
    )
  }
  // #endregion
  return <div className={CARD}>{locked}</div>
}

function ToolText({
  tool: { icon: Icon, name, summary, price, off },
  children,
}: {
  tool: GalleryTool
  children: ReactNode
}) {
  return (
    <>
      <span className="flex items-center justify-between">
        <Icon aria-hidden className="size-5 text-primary" />
        {children}
      </span>
      <span className="grid gap-1">
        <span className="font-medium text-sm">{name}</span>
        <span className="text-muted-foreground text-sm">{summary}</span>
      </span>
      <span className="figures mt-auto flex flex-wrap items-center gap-2 text-muted-foreground text-xs">
        <span>{price}</span>
        {off && <Badge variant="warning">Off for now</Badge>}
      </span>
    </>
  )
}
