import type { Metadata } from 'next'
import { NewPasswordForm } from '@/components/auth/new-password-form'
import { TextLink } from '@/components/auth/text-link'
import { safeNextPath } from '@/lib/auth/next-path'
import { requireUser } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Choose your password' }

/** Where a new account gets its password: after its address was proved, so that it is the owner who chooses. */
export default async function ChoosePasswordPage({ searchParams }: PageProps<'/choose-password'>) {
  const next = safeNextPath((await searchParams).next)
  const user = await requireUser(next)
  return (
    <NewPasswordForm
      title="Choose your password"
      description={<>{user.email} is confirmed. Sign in with this password from now on.</>}
      label="Password"
      email={user.email}
      next={next}
      footer={
        <>
          Prefer no password? <TextLink href={next}>Continue</TextLink>, and sign in with mailed links.
        </>
      }
    />
  )
}
