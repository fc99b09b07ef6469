import { ScrollTextIcon } from 'lucide-react'
import type { Metadata } from 'next'
import { AuditEntries } from '@/components/admin/audit-entries'
import { ListCard } from '@/components/admin/list-card'
import { RefreshWhile } from '@/components/credits/refresh-while'
import { FilterBar, FilterChoice, FilterDay, FilterRange, FilterSearch } from '@/components/layout/filter-bar'
import { PageHeader } from '@/components/layout/page-header'
import { AUDIT_ACTIONS, parseAuditFilter } from '@/lib/admin/audit-filter'
import { MAX_FOUND_USERS } from '@/lib/admin/find-user-ids'
import { withoutPosition } from '@/lib/admin/keyset'
import { listAuditTrail } from '@/lib/admin/list-audit-trail'
import { requireAdmin } from '@/lib/auth/roles'
import { HEADING } from './heading'

export const metadata: Metadata = { title: HEADING.title }

/** How old a list may be that is looked at. */
const REFRESH_MS = 10_000

const OUTCOMES: [string, string][] = [
  ['success', 'Done'],
  ['failure', 'Refused'],
]
const ACTORS: [string, string][] = [
  ['admins', 'Admins'],
  ['system', 'The system'],
]

export default async function AuditPage({ searchParams }: PageProps<'/admin/audit'>) {
  await requireAdmin('/admin/audit')
  const filter = parseAuditFilter(await searchParams)
  const page = await listAuditTrail(filter)
  const { kept, active } = withoutPosition(filter)
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshWhile active everyMs={REFRESH_MS} />
      <PageHeader {...HEADING} />
      <FilterBar action="/admin/audit" active={active}>
        <FilterSearch name="q" label="User" value={kept.q} placeholder="Name, e-mail or ID" />
        <FilterChoice
          name="action"
          label="What"
          value={kept.action}
          choices={Object.entries(AUDIT_ACTIONS)}
        />
        <FilterChoice name="by" label="By" value={kept.by} choices={ACTORS} />
        <FilterChoice name="outcome" label="Outcome" value={kept.outcome} choices={OUTCOMES} wide />
        <FilterRange>
          <FilterDay name="from" label="From (UTC)" value={kept.from} />
          <FilterDay name="to" label="To" value={kept.to} />
        </FilterRange>
      </FilterBar>
      {page.isCut && (
        <p role="status" className="text-muted-foreground text-sm">
          {`More than ${MAX_FOUND_USERS} users match “${kept.q}”. Entries of the newest ${MAX_FOUND_USERS} are shown: search for a longer part, or for the whole address.`}
        </p>
      )}
      <ListCard
        page={page}
        pathname="/admin/audit"
        query={kept}
        emptyIcon={ScrollTextIcon}
        emptyTitle="No matching entries"
        emptyDescription="Try fewer conditions, or begin with an earlier day."
      >
        <AuditEntries entries={page.rows} />
      </ListCard>
    </div>
  )
}
