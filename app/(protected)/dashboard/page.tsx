import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { Dashboard } from './dashboard'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

export default async function DashboardPage({ searchParams }: PageProps<'/dashboard'>) {
  const user = await requireUser('/dashboard')
  return <Dashboard userId={user.id} query={await searchParams} />
}
