import { RepeatIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { ListCard } from '@/components/admin/list-card'
import { RefreshOnRows } from '@/components/admin/refresh-on-rows'
import { SubscriptionsTable } from '@/components/admin/subscriptions-table'
import { FilterBar, FilterChoice, FilterSearch } from '@/components/layout/filter-bar'
import { PageHeader } from '@/components/layout/page-header'
import { withoutPosition } from '@/lib/admin/keyset'
import { listPackageNames, listSubscriptions } from '@/lib/admin/list-subscriptions'
import { parseSubscriptionFilter } from '@/lib/admin/subscription-filter'
import { requireAdmin } from '@/lib/auth/roles'
import { SUBSCRIPTION_STATUSES } from '@/lib/payments/events/payment-event'
import { capitalize } from '@/lib/text'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

const STATUSES = SUBSCRIPTION_STATUSES.map((status): [string, string] => [
  status,
  capitalize(status.replaceAll('_', ' ')),
])

const SURPLUS: [string, string][] = [
  ['open', 'Being refunded'],
  ['closed', 'Refunded'],
]

export default async function SubscriptionsPage({ searchParams }: PageProps<'/admin/subscriptions'>) {
  await requireAdmin('/admin/subscriptions')
  const filter = parseSubscriptionFilter(await searchParams)
  const [page, plans] = await Promise.all([listSubscriptions(filter), listPackageNames('subscription')])
  const { kept, active } = withoutPosition(filter)
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshOnRows tables={['subscriptions']} />
      <PageHeader {...HEADING} />
      <FilterBar action="/admin/subscriptions" active={active}>
        <FilterSearch name="q" label="Search" value={kept.q} placeholder="E-mail or subscription id" />
        <FilterChoice name="status" label="State" value={kept.status} choices={STATUSES} />
        <FilterChoice name="plan" label="Plan" value={kept.plan} choices={plans} />
        <FilterChoice name="surplus" label="Second plans" value={kept.surplus} choices={SURPLUS} wide />
      </FilterBar>
      <ListCard
        page={page}
        pathname="/admin/subscriptions"
        query={kept}
        emptyIcon={RepeatIcon}
        emptyTitle={active ? 'No matching subscriptions' : 'No subscriptions yet'}
        emptyDescription={
          active
            ? 'Try fewer conditions, or a shorter part of the address.'
            : 'The first one appears here as soon as somebody subscribes.'
        }
      >
        <SubscriptionsTable subscriptions={page.rows} />
      </ListCard>
    </div>
  )
}
