import type { LucideIcon } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

type RecordNotFoundProps = {
  icon: LucideIcon
  /** What was looked for, as 'Payment'. */
  title: string
  /** Why there may be none, and how to find it. */
  description: string
  /** The list it would be in, and its name, as 'All payments'. */
  list: { href: Route; label: string }
}

/** The page of a record that is not there, with the way to the list of those that are. */
export function RecordNotFound({ icon, title, description, list }: RecordNotFoundProps) {
  return (
    <div className="grid gap-6">
      <PageHeader title={title} />
      <EmptyState
        icon={icon}
        title={`There is no such ${title.toLowerCase()}`}
        description={description}
        action={
          <Button asChild variant="outline" size="sm">
            <Link href={list.href}>{list.label}</Link>
          </Button>
        }
        className="rounded-xl border border-dashed"
      />
    </div>
  )
}
