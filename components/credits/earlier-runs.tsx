import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { Card, CardHeader, CardTitle } from '@/components/ui/card'
import { listRunsOfTool } from '@/lib/account/list-runs'
import { listCreditTypes } from '@/lib/credits/credit-types'
import { isOpen } from './describe-run'
import { RefreshWhile } from './refresh-while'
import { RunsTable } from './runs-table'

type EarlierRunsProps = { userId: string; tool: { id: string; name: string } }

/** The latest runs of a tool, each leading to its result; nothing before the first. */
export async function EarlierRuns({ userId, tool }: EarlierRunsProps) {
  const [runs, types] = await Promise.all([listRunsOfTool(userId, tool.id), listCreditTypes()])
  if (runs.length === 0) return null
  return (
    <Card className="gap-3 pb-1">
      <CardHeader className="flex items-center justify-between">
        <CardTitle>Earlier runs</CardTitle>
        <Button asChild variant="ghost" size="sm" className="-my-1.5 -mr-3 text-muted-foreground">
          <Link href="/runs">All runs</Link>
        </Button>
      </CardHeader>
      <RefreshWhile active={runs.some(({ status }) => isOpen(status))} />
      <RunsTable rows={runs.map((run) => ({ ...run, name: tool.name }))} types={types} />
    </Card>
  )
}
