import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { ProviderButtons } from '@/components/auth/provider-buttons'
import { safeNextPath } from '@/lib/auth/next-path'
import { getCurrentUser } from '@/lib/auth/session'
import { LoginForm } from './login-form'

export const metadata: Metadata = { title: 'Sign in' }

const PROBLEMS: Record<string, string> = {
  provider: 'Sign-in with this provider failed. Try again, or use your e-mail address.',
}

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { next, problem } = await searchParams
  const nextPath = safeNextPath(next)
  if (await getCurrentUser()) redirect(nextPath)
  return (
    <LoginForm
      next={nextPath}
      problem={PROBLEMS[String(problem)]}
      providers={<ProviderButtons next={nextPath} />}
    />
  )
}
