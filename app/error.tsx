'use client'

import Link from 'next/link'
import { type ErrorPageProps, errorDigest } from '@/components/layout/error-message'
import { MessagePage } from '@/components/layout/message-page'
import { Button } from '@/components/ui/button'

export default function RootError({ error, retry }: ErrorPageProps) {
  const digest = errorDigest(error)
  return (
    <MessagePage
      kicker={digest ? `Error ${digest}` : 'Error'}
      title="Something went wrong"
      description="The page could not be shown. If you had just sent something, check whether it was done before you send it again."
      actions={
        <>
          <Button onClick={retry}>Try again</Button>
          <Button asChild variant="outline">
            <Link href="/">Home page</Link>
          </Button>
        </>
      }
    />
  )
}
