import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { Run } from './run'

export const metadata: Metadata = { title: 'Run' }

export default async function RunPage({ params }: PageProps<'/runs/[id]'>) {
  const { id } = await params
  const user = await requireUser(`/runs/${id}`)
  return <Run userId={user.id} id={id} />
}
