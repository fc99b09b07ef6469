'use client'

import { type ErrorPageProps, errorDigest, NEW_VERSION } from '@/components/layout/error-page'
import { MessagePage } from '@/components/layout/message-page'
import { useNewVersion } from '@/components/layout/use-new-version'
import { buttonVariants } from '@/components/ui/button-variants'

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
          <button
            type="button"
            className={buttonVariants()}
            onClick={isOld ? () => window.location.reload() : retry}
          >
            Try again
          </button>
          <a href="/" className={buttonVariants({ variant: 'outline' })}>
            Home page
          </a>
        </>
      }
    />
  )
}
