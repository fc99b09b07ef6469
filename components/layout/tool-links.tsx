import type { LucideIcon } from 'lucide-react'
import { ArrowRightIcon } from 'lucide-react'
import type { Route } from 'next'
import { AccountLink } from '@/components/layout/account-link'

type ToolLink = {
  href: Route | `/tools/${string}`
  icon: LucideIcon
  name: string
  summary: string
  price: string
}

/** What credits can be spent on. */
export function ToolLinks({ tools }: { tools: readonly ToolLink[] }) {
  return (
    <section aria-labelledby="tools-title" className="grid gap-3">
      <h2 id="tools-title" className="font-semibold text-[0.9375rem] tracking-tight">
        Tools
      </h2>
      <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {tools.map(({ href, icon: Icon, name, summary, price }) => (
          <li key={href}>
            <AccountLink
              href={href}
              className="group flex h-full flex-col gap-3 rounded-xl border bg-card p-5 shadow-xs transition-colors hover:border-primary/50"
            >
              <span className="flex items-center justify-between">
                <Icon aria-hidden className="size-5 text-primary" />
                <ArrowRightIcon
                  aria-hidden
                  className="size-4 text-muted-foreground transition-transform group-hover:translate-x-0.5"
                />
              </span>
              <span className="grid gap-1">
                <span className="font-medium text-sm">{name}</span>
                <span className="text-muted-foreground text-sm">{summary}</span>
              </span>
              <span className="figures mt-auto text-muted-foreground text-xs">{price}</span>
            </AccountLink>
          </li>
        ))}
      </ul>
    </section>
  )
}
