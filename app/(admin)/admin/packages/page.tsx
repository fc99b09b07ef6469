import { PackageIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { NewPackage } from '@/components/admin/packages/new-package'
import { PackageGroupCard } from '@/components/admin/packages/package-group-card'
import { RefreshOnRows } from '@/components/admin/refresh-on-rows'
import { RefreshWhile } from '@/components/credits/refresh-while'
import { PageHeader } from '@/components/layout/page-header'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { listPackageGroups, listSyncingProviders } from '@/lib/admin/packages/list-packages'
import { requireAdmin } from '@/lib/auth/roles'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { listPaidTools } from '@/tools/paid-tools'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

export default async function PackagesPage() {
  await requireAdmin('/admin/packages')
  const [groups, creditTypes, tools] = await Promise.all([
    listPackageGroups(),
    listCreditTypes(),
    listPaidTools(null),
  ])
  // The browser gets of a tool what a card says of it.
  const context = { creditTypes, tools }
  const providers = listSyncingProviders()
  const syncs = groups.flatMap(({ packages }) => packages.flatMap((listed) => listed.syncs))
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader {...HEADING} actions={<NewPackage context={context} />} />
      <RefreshOnRows tables={['package_syncs']} />
      <RefreshWhile active={syncs.some(({ status }) => status === 'syncing')} />
      {groups.map((group) => (
        <PackageGroupCard
          key={`${group.creditType} ${group.kind}`}
          group={group}
          context={context}
          providers={providers}
        />
      ))}
      {groups.length === 0 && (
        <Card className="py-0">
          <EmptyState
            icon={PackageIcon}
            title="Nothing is for sale yet"
            description="Make your first package: its product at the payment provider is made with it."
          />
        </Card>
      )}
    </div>
  )
}
