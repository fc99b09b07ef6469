import { ChevronLeftIcon } from 'lucide-react'
import type { Route } from 'next'
import Link from 'next/link'
import { Button } from '@/components/ui/button'

/** From the page of one thing back to the list it stands in. */
export function BackLink({ href, children }: { href: Route; children: string }) {
  return (
    <Button asChild variant="ghost" size="sm" className="-ml-3 w-fit text-muted-foreground">
      <Link href={href}>
        <ChevronLeftIcon aria-hidden />
        {children}
      </Link>
    </Button>
  )
}
