import type { Metadata } from 'next'
import { TextLink } from '@/components/auth/text-link'
import { safeNextPath, withNext } from '@/lib/auth/next-path'
import { getCurrentUser } from '@/lib/auth/session'
import { NewLinkForm } from './new-link-form'

export const metadata: Metadata = { title: 'This link no longer works' }

export default async function LinkExpiredPage({ searchParams }: PageProps<'/link-expired'>) {
  const { next, reason } = await searchParams
  const nextPath = safeNextPath(next)
  const user = await getCurrentUser()
  const footer = user ? (
    <>
      You are signed in as {user.email}. <TextLink href={nextPath}>Continue</TextLink>
    </>
  ) : (
    <TextLink href={withNext('/login', nextPath)} className="touch-target">
      Back to sign in
    </TextLink>
  )
  return <NewLinkForm next={nextPath} isLate={reason === 'later'} footer={footer} />
}
