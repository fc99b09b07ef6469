import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { Difference, Reconciliation } from '@/lib/admin/list-reconciliations'
import type { Format } from '@/lib/format'
import { readFormat } from '@/lib/reader/read-reader'
import { CopyId } from './copy-id'
import { Timestamp } from './timestamp'

/** One comparison of the records: which period, what was compared, and what differed. */
export async function ReconciliationReport({ report }: { report: Reconciliation }) {
  const format = await readFormat()
  const { differences, checked } = report
  const open = differences.filter(({ repaired }) => !repaired).length
  return (
    <Card className="gap-3 px-5 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid gap-0.5">
          <h2 className="font-medium text-sm">
            <Timestamp at={report.created_at} />
          </h2>
          <p className="figures text-muted-foreground text-xs">
            {format.formatDateTime(report.since)} – {format.formatTimestamp(report.until)}, by{' '}
            <span className="break-words">{report.actor ?? 'the scheduler'}</span>
          </p>
        </div>
        <Result found={differences.length} open={open} />
      </div>
      <p className="figures text-muted-foreground text-sm">
        <span>
          Compared {countOf(format, checked.payments, 'payment')},{' '}
          {countOf(format, checked.refunds, 'refund')} and{' '}
          {countOf(format, checked.subscriptions, 'subscription')}.
        </span>
        {checked.foreign > 0 && (
          <span>{` ${countOf(format, checked.foreign, 'payment')} of other customers left alone.`}</span>
        )}
      </p>
      {differences.length > 0 && (
        <ul className="grid divide-y border-t">
          {differences.map((difference) => (
            <DifferenceLine key={`${difference.kind} ${difference.id}`} difference={difference} />
          ))}
        </ul>
      )}
    </Card>
  )
}

function countOf({ formatCredits }: Format, count: number, what: string): string {
  return `${formatCredits(count)} ${what}${count === 1 ? '' : 's'}`
}

function Result({ found, open }: { found: number; open: number }) {
  if (found === 0) return <Badge>Nothing differs</Badge>
  if (open === 0) return <Badge variant="outline">{found} repaired</Badge>
  return (
    <Badge variant="warning">
      {open} of {found} not repaired
    </Badge>
  )
}

function DifferenceLine({
  difference: { kind, id, theirs, ours, repaired, note },
}: {
  difference: Difference
}) {
  return (
    <li className="grid gap-1 py-3 text-sm last:pb-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2">
          <span className="font-medium first-letter:uppercase">{kind.replaceAll('_', ' ')}</span>
          <CopyId id={id} name="id" />
        </span>
        <Badge variant={repaired ? 'default' : 'warning'}>{repaired ? 'Repaired' : 'Not repaired'}</Badge>
      </div>
      <p className="break-words text-muted-foreground">
        They say {theirs ?? 'nothing'}, we said {ours ?? 'nothing'}.
      </p>
      {note && <p className="break-words">{note}</p>}
    </li>
  )
}
