import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { RevokeKeysField } from '@/components/api-keys/revoke-keys-field' // #only api
import { NewPasswordForm } from '@/components/auth/new-password-form'
import { listApiKeys } from '@/lib/api-keys/list-api-keys' // #only api
import { isFreshSession } from '@/lib/auth/fresh-session'
import { getCurrentUser } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Choose a new password' }

export default async function ResetPasswordPage() {
  const user = await getCurrentUser()
  // The mailed link signs its owner in; without it nobody has a password to choose here.
  if (!user || !(await isFreshSession(user))) redirect('/link-expired?next=/reset-password')
  return (
    <NewPasswordForm
      title="Choose a new password"
      description={<>For {user.email}. Other devices are signed out.</>}
      label="New password"
      email={user.email}
    >
      <RevokeKeysField count={(await listApiKeys(user.id)).length} /> {/* #only api */}
    </NewPasswordForm>
  )
}
