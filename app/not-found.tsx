import type { Metadata } from 'next'
import { connection } from 'next/server'
import { MessagePage } from '@/components/layout/message-page'
import { Button } from '@/components/ui/button'
import { isBuilding } from '@/lib/env/is-building'

export const metadata: Metadata = { title: 'Not found' }

export default async function NotFound() {
  // Its scripts run by a nonce, so it is not made before there is a request. It is a part of pages that are, too.
  if (isBuilding) await connection()
  return (
    <MessagePage
      kicker="404"
      title="There is nothing here"
      description="The address may have a typo, or the page has moved. Your balance is where you left it."
      actions={
        <>
          <Button asChild>
            <a href="/dashboard">Go to the dashboard</a>
          </Button>
          <Button asChild variant="outline">
            <a href="/">Home page</a>
          </Button>
        </>
      }
    />
  )
}
