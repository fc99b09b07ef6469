import type { Metadata } from 'next'
import { BackLink } from '@/components/admin/back-link'
import { EventDetails } from '@/components/admin/event-details'
import { PayloadCard } from '@/components/admin/payload-card'
import { ReplaysCard } from '@/components/admin/replays-card'
import { PageHeader } from '@/components/layout/page-header'
import { requireAdmin } from '@/lib/auth/roles'
import { findEvent } from './find-event'

type EventPageProps = PageProps<'/admin/webhooks/[id]'>

export async function generateMetadata({ params }: EventPageProps): Promise<Metadata> {
  await requireAdmin('/admin/webhooks')
  const { event } = await findEvent(params)
  return { title: `${event.type} ${event.id}` }
}

export default async function EventPage({ params }: EventPageProps) {
  await requireAdmin('/admin/webhooks')
  const details = await findEvent(params)
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="grid gap-2">
        <BackLink href="/admin/webhooks">Webhooks</BackLink>
        <PageHeader title={details.event.type} />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid grid-cols-1 gap-6">
          <EventDetails details={details} />
          <PayloadCard payload={details.event.payload} />
        </div>
        <div className="min-w-0 max-lg:order-first">
          <ReplaysCard id={details.event.id} replays={details.replays} />
        </div>
      </div>
    </div>
  )
}
