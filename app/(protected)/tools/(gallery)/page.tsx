import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { Gallery } from './gallery'

export const metadata: Metadata = { title: 'Tools' }

export default async function ToolsPage() {
  const user = await requireUser('/tools')
  return <Gallery userId={user.id} />
}
