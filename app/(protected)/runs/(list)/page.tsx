import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { HEADING } from './heading'
import { Runs } from './runs'

export const metadata: Metadata = { title: HEADING.title }

export default async function RunsPage({ searchParams }: PageProps<'/runs'>) {
  const user = await requireUser('/runs')
  return <Runs userId={user.id} query={await searchParams} />
}
