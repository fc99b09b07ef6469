import { AccountLink } from '@/components/layout/account-link'
import { Button } from '@/components/ui/button'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import type { RunRow } from '@/lib/account/list-runs'
import type { CreditType } from '@/lib/credit-type'
import { isOpen } from './describe-run'
import { RefreshWhile } from './refresh-while'
import { RunsTable } from './runs-table'

type RunsCardProps = {
  title: string
  /** The newest first; `name` is that of the tool. */
  rows: readonly (RunRow & { name: string })[]
  types: readonly CreditType[]
  /** Whether it stands beside something else. */
  narrow?: boolean
  /** Whether all are of one tool. */
  ofOneTool?: boolean
}

/** Some runs of a user, and the way to the rest; nothing before the first. It follows those that still go on. */
export function RunsCard({ title, rows, types, narrow = false, ofOneTool = false }: RunsCardProps) {
  if (rows.length === 0) return null
  return (
    <Card className="min-w-0 gap-3 pb-1">
      <RefreshWhile active={rows.some(({ status }) => isOpen(status))} />
      <CardHeader className="flex items-center justify-between">
        <CardTitle>{title}</CardTitle>
        <Button asChild variant="ghost" size="sm" className="-my-1.5 -mr-3 text-muted-foreground">
          <AccountLink href="/runs">All runs</AccountLink>
        </Button>
      </CardHeader>
      <RunsTable rows={rows} types={types} narrow={narrow} ofOneTool={ofOneTool} />
    </Card>
  )
}
