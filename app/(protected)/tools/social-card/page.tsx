import type { Metadata } from 'next'
import { PageHeader } from '@/components/layout/page-header'
import { requireUser } from '@/lib/auth/session'
import { SocialCardClient } from '@/tools/social-card/form'

export const metadata: Metadata = { title: 'Draw a social card' }

export default async function SocialCardPage() {
  const user = await requireUser('/tools/social-card')
  return (
    <div className="grid gap-6">
      <PageHeader
        title="Draw a social card"
        description="A PNG for the links you share, drawn here. A run that fails costs nothing."
      />
      <SocialCardClient userId={user.id} />
    </div>
  )
}
