import type { Metadata } from 'next'
import Link from 'next/link'
import { MessagePage } from '@/components/layout/message-page'
import { Button } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <MessagePage
      kicker="404"
      title="There is nothing here"
      description="The address may have a typo, or the page has moved. Your balance is where you left it."
      actions={
        <>
          <Button asChild>
            <Link href="/dashboard">Go to the dashboard</Link>
          </Button>
          <Button asChild variant="outline">
            <Link href="/">Home page</Link>
          </Button>
        </>
      }
    />
  )
}
