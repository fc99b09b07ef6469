import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { Runs } from './runs'

export const metadata: Metadata = { title: 'Runs' }

export default async function RunsPage({ searchParams }: PageProps<'/runs'>) {
  const user = await requireUser('/runs')
  return <Runs userId={user.id} query={await searchParams} />
}
