import { HistoryIcon } from 'lucide-react'
import { isOpen } from '@/components/credits/describe-run'
import { RefreshOnChange } from '@/components/credits/refresh-on-change'
import { RefreshWhile } from '@/components/credits/refresh-while'
import { RunsPaging } from '@/components/credits/runs-paging'
import { RunsTable } from '@/components/credits/runs-table'
import { AccountLink } from '@/components/layout/account-link'
import { PageHeader } from '@/components/layout/page-header'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { parseLedgerPosition } from '@/lib/account/ledger-position'
import { listRuns } from '@/lib/account/list-runs'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { listTools } from '@/tools/registry'
import { HEADING } from './heading'

type RunsProps = { userId: string; query: Record<string, string | string[] | undefined> }

/** The runs of a user, page by page. */
export async function Runs({ userId, query }: RunsProps) {
  const [page, tools, types] = await Promise.all([
    listRuns(userId, parseLedgerPosition(query)),
    listTools(),
    listCreditTypes(),
  ])
  const names = new Map(tools.map(({ id, name }) => [id, name]))
  const rows = page.rows.map((run) => ({ ...run, name: names.get(run.tool) ?? run.tool }))
  return (
    <div className="grid grid-cols-1 gap-6">
      <RefreshOnChange userId={userId} />
      <RefreshWhile active={rows.some(({ status }) => isOpen(status))} />
      <PageHeader {...HEADING} />
      <Card className="gap-0 py-0">
        {rows.length > 0 ? (
          <>
            <RunsTable rows={rows} types={types} />
            <RunsPaging page={page} />
          </>
        ) : (
          <EmptyState
            icon={HistoryIcon}
            title="No runs here"
            description="Whatever you run is listed here, with its result and what it cost."
            action={
              <Button asChild variant="outline" size="sm">
                <AccountLink href="/tools">Try a tool</AccountLink>
              </Button>
            }
          />
        )}
      </Card>
    </div>
  )
}
