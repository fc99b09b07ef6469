import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getCurrentUser } from '@/lib/auth/session'
import { ResetPasswordForm } from './reset-password-form'

export const metadata: Metadata = { title: 'Choose a new password' }

export default async function ResetPasswordPage() {
  const user = await getCurrentUser()
  // The mailed link signs its owner in; without it nobody has a password to choose here.
  if (!user) redirect('/link-expired?next=/reset-password')
  return <ResetPasswordForm email={user.email} />
}
