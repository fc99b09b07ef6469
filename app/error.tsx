'use client'

import { type ErrorPageProps, errorDigest, NEW_VERSION } from '@/components/layout/error-message'
import { MessagePage } from '@/components/layout/message-page'
import { useNewVersion } from '@/components/layout/use-new-version'
import { Button } from '@/components/ui/button'

export default function RootError({ error, retry }: ErrorPageProps) {
  const digest = errorDigest(error)
  const isOld = useNewVersion(error)
  return (
    <MessagePage
      kicker={digest ? `Error ${digest}` : 'Error'}
      title={isOld ? NEW_VERSION.title : 'Something went wrong'}
      description={
        isOld
          ? NEW_VERSION.description
          : 'The page could not be shown. If you had just sent something, check whether it was done before you send it again.'
      }
      actions={
        <>
          <Button onClick={isOld ? () => window.location.reload() : retry}>Try again</Button>
          <Button asChild variant="outline">
            <a href="/">Home page</a>
          </Button>
        </>
      }
    />
  )
}
