import { SearchXIcon } from 'lucide-react'
import type { Route } from 'next'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { AccountLink } from './account-link'

/** What stands within the frame of signed-in pages at an address that has none, with the way on. */
export function MissingPage({ home }: { home: { href: Route; label: string } }) {
  return (
    <EmptyState
      icon={SearchXIcon}
      title={<h1>There is nothing here</h1>}
      description="The address may have a typo, or the page has moved."
      action={
        <Button asChild variant="outline">
          <AccountLink href={home.href}>{home.label}</AccountLink>
        </Button>
      }
      className="min-h-80 justify-center rounded-xl border border-dashed"
    />
  )
}
