import type { Metadata } from 'next'
import { AttentionList } from '@/components/admin/attention-list'
import { JobsCard } from '@/components/admin/jobs-card'
import { LedgerCheckCard } from '@/components/admin/ledger-check-card'
import { RefreshOnRows } from '@/components/admin/refresh-on-rows'
import { PageHeader } from '@/components/layout/page-header'
import { readJobRuns } from '@/lib/admin/read-job-runs'
import { requireAdmin } from '@/lib/auth/roles'
import { ADMIN_TABLES } from '@/lib/supabase/live/channel-of'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

export default async function AdminPage() {
  await requireAdmin()
  const { jobs, ledger } = await readJobRuns()
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshOnRows tables={ADMIN_TABLES} />
      <PageHeader {...HEADING} />
      <AttentionList />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <LedgerCheckCard ledger={ledger} />
        <JobsCard jobs={jobs} />
      </div>
    </div>
  )
}
