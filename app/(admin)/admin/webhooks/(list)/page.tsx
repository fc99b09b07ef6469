import { InboxIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { EventsTable } from '@/components/admin/events-table'
import { ListCard } from '@/components/admin/list-card'
import { RefreshOnRows } from '@/components/admin/refresh-on-rows'
import { FilterBar, FilterChoice, FilterSearch } from '@/components/layout/filter-bar'
import { PageHeader } from '@/components/layout/page-header'
import { EVENT_SOURCES, EVENT_STATUSES, EVENT_TYPES, parseEventFilter } from '@/lib/admin/event-filter'
import { withoutPosition } from '@/lib/admin/keyset'
import { listEvents } from '@/lib/admin/list-events'
import { requireAdmin } from '@/lib/auth/roles'
import { providerNames } from '@/lib/payments'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

export default async function WebhooksPage({ searchParams }: PageProps<'/admin/webhooks'>) {
  await requireAdmin('/admin/webhooks')
  const filter = parseEventFilter(await searchParams)
  const page = await listEvents(filter)
  const { kept, active } = withoutPosition(filter)
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshOnRows tables={['payment_events']} />
      <PageHeader {...HEADING} />
      <FilterBar action="/admin/webhooks" active={active}>
        <FilterSearch name="q" label="Search" value={kept.q} placeholder="ID of an event or payment" />
        <FilterChoice
          name="status"
          label="State"
          value={kept.status}
          choices={Object.entries(EVENT_STATUSES)}
        />
        <FilterChoice name="type" label="About" value={kept.type} choices={Object.entries(EVENT_TYPES)} />
        <FilterChoice
          name="source"
          label="Source"
          value={kept.source}
          choices={Object.entries(EVENT_SOURCES)}
          wide
        />
      </FilterBar>
      <ListCard
        page={page}
        pathname="/admin/webhooks"
        query={kept}
        emptyIcon={InboxIcon}
        emptyTitle={active ? 'No matching events' : 'No events yet'}
        emptyDescription={
          active
            ? 'Try fewer filters. Enter IDs in full.'
            : `Events appear here as soon as ${providerNames()} sends the first one.`
        }
      >
        <EventsTable events={page.rows} />
      </ListCard>
    </div>
  )
}
