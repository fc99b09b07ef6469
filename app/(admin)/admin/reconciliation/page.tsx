import { ScaleIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { z } from 'zod'
import { ListPaging } from '@/components/admin/list-paging'
import { ReconcileForm } from '@/components/admin/reconcile-form'
import { ReconciliationReport } from '@/components/admin/reconciliation-report'
import { PageHeader } from '@/components/layout/page-header'
import { Card, CardContent } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { positionQuery } from '@/lib/admin/keyset'
import { listReconciliations } from '@/lib/admin/list-reconciliations'
import { requireAdmin } from '@/lib/auth/roles'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

const query = z.object(positionQuery('number'))

export default async function ReconciliationPage({ searchParams }: PageProps<'/admin/reconciliation'>) {
  await requireAdmin('/admin/reconciliation')
  const page = await listReconciliations(query.parse(await searchParams))
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeader {...HEADING} />
      <Card>
        <CardContent>
          <ReconcileForm />
        </CardContent>
      </Card>
      {page.rows.map((report) => (
        <ReconciliationReport key={report.id} report={report} />
      ))}
      {page.rows.length === 0 && (
        <Card className="py-0">
          <EmptyState
            icon={ScaleIcon}
            title="No reports yet"
            description="Run the first comparison now, or wait for the scheduler."
          />
        </Card>
      )}
      {(page.newer || page.older) && (
        <Card className="py-0 [&>nav]:border-t-0">
          <ListPaging page={page} pathname="/admin/reconciliation" />
        </Card>
      )}
    </div>
  )
}
