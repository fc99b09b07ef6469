import Link from 'next/link'
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table'
import type { RunRow } from '@/lib/account/list-runs'
import { type CreditType, findCreditType } from '@/lib/credit-type'
import { formatDateTime } from '@/lib/format'
import { describeRunCharge, describeRunInput } from './describe-run'
import { RunStatusBadge } from './run-status-badge'

type RunsTableProps = { rows: readonly (RunRow & { name: string })[]; types: readonly CreditType[] }

/** Runs as given, newest first, each leading to its result. `name` is that of its tool. */
export function RunsTable({ rows, types }: RunsTableProps) {
  return (
    <Table>
      <TableHeader>
        <TableRow className="hover:bg-transparent">
          <TableHead>Tool</TableHead>
          <TableHead>Status</TableHead>
          <TableHead className="max-md:hidden">Started (UTC)</TableHead>
          <TableHead className="text-right">Charge</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((run) => (
          <TableRow key={run.id} data-run={run.id}>
            <TableCell className="w-full max-w-0 whitespace-normal">
              <Link
                href={`/runs/${run.id}`}
                className="font-medium underline-offset-4 hover:text-primary hover:underline"
              >
                {run.name}
              </Link>
              <span className="block truncate text-muted-foreground text-xs">
                {describeRunInput(run.input)}
              </span>
              <time dateTime={run.created_at} className="block text-muted-foreground text-xs md:hidden">
                {formatDateTime(run.created_at)}
              </time>
            </TableCell>
            <TableCell>
              <RunStatusBadge status={run.status} />
            </TableCell>
            <TableCell className="figures text-muted-foreground max-md:hidden">
              <time dateTime={run.created_at}>{formatDateTime(run.created_at)}</time>
            </TableCell>
            <TableCell className="figures text-right">
              {describeRunCharge(run, findCreditType(types, run.credit_type))}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}
