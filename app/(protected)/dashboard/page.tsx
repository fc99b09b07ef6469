import type { Metadata } from 'next'
import { PageHeader } from '@/components/page-header'
import { requireUser } from '@/lib/auth/session'

export const metadata: Metadata = { title: 'Dashboard' }

export default async function DashboardPage() {
  await requireUser('/dashboard')
  return <PageHeader title="Dashboard" />
}
