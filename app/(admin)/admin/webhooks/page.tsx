import { InboxIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { DeliveriesTable } from '@/components/admin/deliveries-table'
import { FilterBar, FilterChoice, FilterSearch } from '@/components/admin/filter-bar'
import { ListCard } from '@/components/admin/list-card'
import { PageHeader } from '@/components/layout/page-header'
import { DELIVERY_STATUSES, DELIVERY_TYPES, parseDeliveryFilter } from '@/lib/admin/delivery-filter'
import { withoutPosition } from '@/lib/admin/keyset'
import { listDeliveries } from '@/lib/admin/list-deliveries'
import { requireAdmin } from '@/lib/auth/roles'

export const metadata: Metadata = { title: 'Webhooks' }

export default async function WebhooksPage({ searchParams }: PageProps<'/admin/webhooks'>) {
  await requireAdmin('/admin/webhooks')
  const filter = parseDeliveryFilter(await searchParams)
  const page = await listDeliveries(filter)
  const { kept, active } = withoutPosition(filter)
  return (
    <div className="grid gap-6">
      <PageHeader title="Webhooks" description="What DodoPayments told us, and what came of it." />
      <FilterBar action="/admin/webhooks" active={active}>
        <FilterSearch name="q" label="Search" value={kept.q} placeholder="Id of a delivery or payment" />
        <FilterChoice
          name="status"
          label="State"
          value={kept.status}
          choices={Object.entries(DELIVERY_STATUSES)}
        />
        <FilterChoice name="type" label="About" value={kept.type} choices={Object.entries(DELIVERY_TYPES)} />
      </FilterBar>
      <ListCard
        page={page}
        pathname="/admin/webhooks"
        query={kept}
        emptyIcon={InboxIcon}
        emptyTitle={active ? 'No delivery fits' : 'The inbox is empty'}
        emptyDescription={
          active
            ? 'Try fewer conditions. An id has to be told in full.'
            : 'Deliveries appear here as soon as DodoPayments sends the first one.'
        }
      >
        <DeliveriesTable deliveries={page.rows} />
      </ListCard>
    </div>
  )
}
