import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import type { RunRow } from '@/lib/account/list-runs'
import type { CreditType } from '@/lib/credit-type'
import { isOpen } from './describe-run'
import { RefreshWhile } from './refresh-while'
import { RunsTable } from './runs-table'

type RecentRunsProps = {
  runs: readonly RunRow[]
  types: readonly CreditType[]
  /** What tools are called, by the id of each. */
  names: ReadonlyMap<string, string>
}

/** The last runs of a user, and the way to the rest; nothing before the first. */
export function RecentRuns({ runs, types, names }: RecentRunsProps) {
  if (runs.length === 0) return null
  return (
    <Card className="min-w-0 gap-3 pb-1">
      <RefreshWhile active={runs.some(({ status }) => isOpen(status))} />
      <CardHeader className="flex items-center justify-between">
        <CardTitle>Latest runs</CardTitle>
        <Button asChild variant="ghost" size="sm" className="-my-1.5 -mr-3 text-muted-foreground">
          <Link href="/runs">All runs</Link>
        </Button>
      </CardHeader>
      <RunsTable
        rows={runs.map((run) => ({ ...run, name: names.get(run.tool) ?? run.tool }))}
        types={types}
        narrow
      />
    </Card>
  )
}
