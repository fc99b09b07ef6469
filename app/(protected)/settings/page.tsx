import type { Metadata } from 'next'
import { requireUser } from '@/lib/auth/session'
import { HEADING } from './heading'
import { Settings } from './settings'

export const metadata: Metadata = { title: HEADING.title }

export default async function SettingsPage() {
  const user = await requireUser('/settings')
  return <Settings user={user} sessionId={user.sessionId} />
}
