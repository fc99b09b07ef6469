import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { Gallery } from './gallery'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

export default async function ToolsPage() {
  const user = await requireUser('/tools')
  return <Gallery userId={user.id} />
}
