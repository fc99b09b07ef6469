import { WalletIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { ListCard } from '@/components/admin/list-card'
import { PaymentsTable } from '@/components/admin/payments-table'
import { RefreshOnRows } from '@/components/admin/refresh-on-rows'
import { FilterBar, FilterChoice, FilterDay, FilterRange, FilterSearch } from '@/components/layout/filter-bar'
import { PageHeader } from '@/components/layout/page-header'
import { withoutPosition } from '@/lib/admin/keyset'
import { listPayments, PAYMENT_TABLES } from '@/lib/admin/list-payments'
import { listPackageNames } from '@/lib/admin/list-subscriptions'
import { PAYMENT_KINDS, PAYMENT_STATUSES, parsePaymentFilter } from '@/lib/admin/payment-filter'
import { requireAdmin } from '@/lib/auth/roles'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

const STATUSES = Object.entries(PAYMENT_STATUSES).map(([status, { label }]): [string, string] => [
  status,
  label,
])

export default async function PaymentsPage({ searchParams }: PageProps<'/admin/payments'>) {
  await requireAdmin('/admin/payments')
  const filter = parsePaymentFilter(await searchParams)
  const [page, packages] = await Promise.all([listPayments(filter), listPackageNames()])
  const { kept, active } = withoutPosition(filter)
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshOnRows tables={PAYMENT_TABLES} />
      <PageHeader {...HEADING} />
      <FilterBar action="/admin/payments" active={active}>
        <FilterSearch name="q" label="Search" value={kept.q} placeholder="E-mail or payment id" />
        <FilterChoice name="status" label="State" value={kept.status} choices={STATUSES} />
        <FilterChoice name="kind" label="Kind" value={kept.kind} choices={Object.entries(PAYMENT_KINDS)} />

        <FilterChoice name="package" label="Package" value={kept.package} choices={packages} wide />
        <FilterRange>
          <FilterDay name="from" label="From (UTC)" value={kept.from} />
          <FilterDay name="to" label="To" value={kept.to} />
        </FilterRange>
      </FilterBar>
      <ListCard
        page={page}
        pathname="/admin/payments"
        query={kept}
        emptyIcon={WalletIcon}
        emptyTitle={active ? 'No matching payments' : 'No payments yet'}
        emptyDescription={
          active
            ? 'Try fewer conditions, or a shorter part of the address.'
            : 'The first one appears here as soon as somebody opens a checkout.'
        }
      >
        <PaymentsTable payments={page.rows} />
      </ListCard>
    </div>
  )
}
