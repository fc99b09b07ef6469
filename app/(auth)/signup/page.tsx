import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProviderButtons } from '@/components/auth/provider-buttons'
import { safeNextPath } from '@/lib/auth/next-path'
import { getCurrentUser } from '@/lib/auth/session'
import { SignupForm } from './signup-form'

export const metadata: Metadata = { title: 'Create your account' }

export default async function SignupPage({ searchParams }: PageProps<'/signup'>) {
  const nextPath = safeNextPath((await searchParams).next)
  if (await getCurrentUser()) redirect(nextPath)
  return <SignupForm next={nextPath} providers={<ProviderButtons next={nextPath} />} />
}
